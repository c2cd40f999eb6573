import { Counter, Gauge, Registry } from 'prom-client';
import type { DelegateHub } from '../delegates/connect/hub.ts';

/** What this process counts, for Prometheus: read when asked for, so that counting costs nothing in between. */
export function serverMetrics(hub: DelegateHub): Registry {
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
    name: 'wardline_delegate_late_events_total',
    help: 'Events of tasks that were given up before they came; they were dropped',
    registers,
    collect() {
      this.reset();
      this.inc(hub.lateEvents);
    },
  });
  return registry;
}
