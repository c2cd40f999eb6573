import { Alert, Button, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import {
  type DelegateInstall,
  INSTALL_WAYS,
  type InstallStep,
  type InstallWay,
  installSteps,
} from '@wardline/contracts';
import { useState } from 'react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import classes from './install.module.css';

const TITLES: Record<InstallWay, string> = {
  docker: 'Docker',
  compose: 'Compose',
  kubernetes: 'Kubernetes',
  helm: 'Helm',
  node: 'Node',
};

/** These need an image that others can pull. */
const IN_A_CLUSTER: ReadonlySet<InstallWay> = new Set(['kubernetes', 'helm']);

const isWay = (value: string | null): value is InstallWay => INSTALL_WAYS.some((way) => way === value);

/** The ways to install, each step by step, to copy or to download. */
export function InstallWays({ install }: { readonly install: DelegateInstall }) {
  const [way, setWay] = useState<InstallWay>('docker');
  return (
    <Tabs
      value={way}
      onChange={(value) => {
        if (isWay(value)) setWay(value);
      }}
      keepMounted={false}
    >
      <Tabs.List aria-label="Ways to install">
        {INSTALL_WAYS.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {TITLES[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {INSTALL_WAYS.map((each) => (
        <Tabs.Panel key={each} value={each} pt="md">
          {IN_A_CLUSTER.has(each) && !install.image.includes('/') && (
            <Alert color="yellow" variant="light" mb="md">
              A cluster pulls the image from a registry. Put yours in front of the image’s name above, such as
              registry.example.com/{install.image}.
            </Alert>
          )}
          <ol className={classes.steps}>
            {installSteps(each, install).map((step) => (
              <Step key={step.title} step={step} />
            ))}
          </ol>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** Hands a text to the browser as a file. */
function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

function Step({ step: { title, text, fileName } }: { readonly step: InstallStep }) {
  return (
    <li className={classes.step}>
      <CodeBlock title={title} code={text} />
      {fileName && (
        <Button
          className={classes.download}
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => download(fileName, text)}
        >
          Download {fileName}
        </Button>
      )}
    </li>
  );
}
