import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import { runCommand } from '../suite/run-command.ts';
import { measureAccess } from './access-cost.ts';
import { measureBundle } from './bundle-size.ts';
import { measureCodec } from './codec.ts';
import { measureConnectionTest } from './connection-test.ts';
import { measureDelegates } from './delegates.ts';
import { measureFiles } from './files.ts';
import { measureFloods } from './flood.ts';
import { measureKmsCalls } from './kms-calls.ts';
import { measureLists } from './list-cost.ts';
import { type Measurement, verdict } from './measurement.ts';
import { measureResolve } from './resolve.ts';
import { measureSecretWrites } from './secret-writes.ts';
import { measureStartUp } from './start-up.ts';
import { table } from './table.ts';
import { measureThroughput } from './throughput.ts';

// npm run bench [-- path of the JSON]
const jsonPath = resolve(process.argv[2] ?? '.wardline/bench.json');
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const PARTS: readonly { title: string; run: () => Measurement[] | Promise<Measurement[]> }[] = [
  { title: 'start-up and memory', run: measureStartUp },
  { title: 'codec', run: measureCodec },
  { title: 'connection test', run: measureConnectionTest },
  { title: 'delegates', run: measureDelegates },
  { title: 'throughput', run: measureThroughput },
  { title: 'secrets read by programs', run: measureResolve },
  { title: 'secrets written', run: measureSecretWrites },
  { title: 'calls of KMS', run: measureKmsCalls },
  { title: 'files', run: measureFiles },
  { title: 'access', run: measureAccess },
  { title: 'floods', run: measureFloods },
  { title: 'lists at 100 and 100,000 rows', run: measureLists },
  { title: 'console', run: measureBundle },
];

if ((await runCommand('npm', ['run', '--silent', 'build'])) !== 0) throw new Error('The build failed; see above.');

const lines: Measurement[] = [];
for (const part of PARTS) {
  print(`measuring: ${part.title} …`);
  lines.push(...(await part.run()));
}

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  os: `${platform()} ${release()}`,
};
const report = {
  at: new Date().toISOString(),
  machine,
  lines: lines.map((line) => ({ ...line, verdict: verdict(line) })),
};
mkdirSync(dirname(jsonPath), { recursive: true });
writeFileSync(jsonPath, `${JSON.stringify(report, null, 2)}\n`);

print(`\n${machine.cores} × ${machine.cpu}, ${machine.os}, Node ${machine.node}\n`);
print(table(lines));
print(`\nAs JSON: ${jsonPath}`);
