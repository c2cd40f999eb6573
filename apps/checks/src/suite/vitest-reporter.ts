import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { type FileReport, REPORT_PATH, type RunReport } from './run-report.ts';

/** Vitest's stack begins with the name and the message; a thrown value that is no error has neither. */
function text({ stack, name, message, cause }: Partial<SerializedError>): string {
  const title = [name, message].filter(Boolean).join(': ') || 'something that is no error was thrown';
  const own = stack?.includes(message ?? '') ? stack : [title, stack].filter(Boolean).join('\n');
  // First, for it tells more: “Worker exited unexpectedly” stands behind “Worker emitted error”.
  return cause ? `${text(cause)}\n${own}` : own;
}

function fileReport(module: TestModule): FileReport {
  const suites = [...module.children.allSuites()];
  return {
    path: module.moduleId,
    ok: module.ok(),
    tests: [...module.children.allTests()].map((test) => {
      const { state, errors } = test.result();
      return { name: test.fullName, state, errors: (errors ?? []).map(text) };
    }),
    errors: [
      ...module.errors().map(text),
      ...suites.flatMap((suite) => suite.errors().map((error) => `in a hook of “${suite.fullName}”: ${text(error)}`)),
    ],
  };
}

/**
 * Writes what a run found to the file that the environment names. Vitest's own JSON report leaves out what hooks of a
 * `describe` threw, and what happened outside of every file.
 */
export default class RunReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env[REPORT_PATH];
    if (!path) throw new Error(`${REPORT_PATH} names no file to write the report to.`);
    const report: RunReport = { files: modules.map(fileReport), errors: unhandled.map(text) };
    writeFileSync(path, JSON.stringify(report));
  }
}
