import { afterAll, beforeAll, describe, it } from 'vitest';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { fromTheCheckout, idleMemory, nothingOnDisk } from './agent-scenarios.ts';
import { makesDataKeys } from './data-key-scenarios.ts';
import { managerKilled, managerStopped } from './manager-restart.ts';
import {
  connectionReset,
  killedAndNobodyElse,
  killedInTheMiddle,
  networkCut,
  stoppedBefore,
  stoppedInTheMiddle,
  toldToStop,
  wrongToken,
} from './scenarios.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

// Each has an AWS, a token and delegates of its own, and mostly waits.
describe.concurrent('delegates as processes', () => {
  it('one that is killed in the middle has its test run by the other', () => killedInTheMiddle(server.url));
  it('one that stands still in the middle has its test run by the other', () => stoppedInTheMiddle(server.url));
  it('one that is killed while nobody else matches is told at once', () => killedAndNobodyElse(server.url));
  it('one that stands still is passed over', () => stoppedBefore(server.url));
  it('one that is told to stop finishes what runs', () => toldToStop(server.url));
  it('one with a wrong token is refused, and nothing runs', () => wrongToken(server.url));
  it('a network that is gone for 1 s delays', () => networkCut(1)(server.url));
  it('a network that is gone for 10 s delays', () => networkCut(10)(server.url));
  it('a network that is gone for 60 s is answered for meanwhile, and afterwards everything is as before', () =>
    networkCut(60)(server.url));
  it('a connection that is reset is made anew', () => connectionReset(server.url));
  it('one may write nothing and start nothing, and works', () => nothingOnDisk(server.url));
  it('one makes the data keys of secrets, and is not needed for what they are good for', () =>
    makesDataKeys(server.url));
  it('one that is idle has at most 80 MB', () => idleMemory(server.url));
  it('one is started from the checkout by npm run delegate', () => fromTheCheckout(server.url));
  it('are back by themselves after their manager was killed in the middle', managerKilled);
  it('stay with a manager that stands still for 5 s', () => managerStopped(5));
});
