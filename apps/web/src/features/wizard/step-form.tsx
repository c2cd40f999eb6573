import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, type Ref, useEffect, useRef } from 'react';
import { Announce } from '../../ui/announce.tsx';
import classes from './wizard.module.css';
import { useWizard } from './wizard-context.ts';

interface Props {
  readonly heading: string;
  readonly intro: ReactNode;
  readonly children: ReactNode;
  readonly formRef?: Ref<HTMLFormElement>;
  readonly onSubmit: (event: FormEvent) => void;
  readonly submit: ReactNode;
  /** More that one can do here, beside the way on. */
  readonly aside?: ReactNode;
  /** How many fields are wrong, once one tried to go on. */
  readonly wrong?: number;
}

/** Frame of every step: its heading, which gets the focus, its fields, and the ways on and back. */
export function StepForm({ heading, intro, children, formRef, onSubmit, submit, aside, wrong = 0 }: Props) {
  const { back } = useWizard();
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => headingRef.current?.focus(), []);
  return (
    <form ref={formRef} onSubmit={onSubmit} noValidate className={classes.form}>
      <div className={classes.formHead}>
        <Title order={2} size="h2" ref={headingRef} tabIndex={-1} className={classes.heading}>
          {heading}
        </Title>
        <Text size="sm" c="dimmed">
          {intro}
        </Text>
      </div>
      <Stack gap="lg">{children}</Stack>
      <Group justify="space-between" className={classes.footer}>
        {back ? (
          <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={back}>
            Back
          </Button>
        ) : (
          <span />
        )}
        <Group gap="sm" className={classes.ways}>
          {aside}
          {submit}
        </Group>
      </Group>
      <Announce>{wrong > 0 && `${wrong} ${wrong === 1 ? 'field needs' : 'fields need'} your attention.`}</Announce>
    </form>
  );
}
