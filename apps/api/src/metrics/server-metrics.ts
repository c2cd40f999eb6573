import { Counter, Gauge, Registry } from 'prom-client';
import type { DataKeys } from '../data-keys/data-keys.ts';
import type { DelegateHub } from '../delegates/connect/hub.ts';

/** What this process counts, for Prometheus: read when asked for, so that counting costs nothing in between. */
export function serverMetrics(hub: DelegateHub, dataKeys: Pick<DataKeys, 'counts'>): Registry {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'wardline_delegates_connected',
    help: 'Delegate processes that are connected to this server process',
    registers,
    collect() {
      this.set(hub.list().length);
    },
  });
  new Gauge({
    name: 'wardline_delegate_tasks_running',
    help: 'Tasks that the delegates of this server process run now',
    registers,
    collect() {
      this.set(hub.list().reduce((sum, { running }) => sum + running, 0));
    },
  });
  new Counter({
    name: 'wardline_delegate_late_reports_total',
    help: 'Reports of tasks that were given up before they came; they were dropped',
    registers,
    collect() {
      this.reset();
      this.inc(hub.lateReports);
    },
  });
  for (const [name, count, help] of DATA_KEY_COUNTERS) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(dataKeys.counts[count]);
      },
    });
  }
  new Gauge({
    name: 'wardline_data_keys_cached',
    help: 'Data keys of AWS KMS in memory, for reading',
    registers,
    collect() {
      this.set(dataKeys.counts.cached);
    },
  });
  return registry;
}

const DATA_KEY_COUNTERS = [
  ['wardline_data_key_tasks_total', 'kmsCalls', 'Times that AWS KMS was asked to make or to decrypt a data key'],
  ['wardline_data_key_hits_total', 'hits', 'Reads whose data key was in memory'],
  ['wardline_data_key_misses_total', 'misses', 'Reads that waited for AWS KMS to decrypt their data key'],
] as const;
