import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { breakableLink } from './breakable-link.ts';
import type { DelegateProcess } from './delegate-process.ts';
import { type Stage, setStage } from './stage.ts';

/** One thing that happens to delegates in real life; throws where something hangs, or runs where it must not. */
export type Scenario = (url: string) => Promise<void>;

/** Runs what happens on a stage of its own, which is closed afterwards. */
export async function onStage(url: string, slowMs: number, act: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await setStage(url, slowMs);
  try {
    await act(stage);
  } finally {
    await stage.close();
  }
}

/** Two delegates; whatever befalls the one that has begun, the other one runs the test, and the answer says so. */
function takenOver(befalls: (taker: DelegateProcess) => void, limits: { slowMs: number; withinMs: number }): Scenario {
  return (url) =>
    onStage(url, limits.slowMs, async (stage) => {
      const both = await Promise.all([stage.delegate('one'), stage.delegate('two')]);
      let struck: string | undefined;
      const { result, events, tookMs } = await stage.test((name) => {
        if (struck !== undefined) return;
        struck = name;
        // In the middle: while AWS takes its time.
        setTimeout(() => both.filter((one) => one.name === name).forEach(befalls), limits.slowMs / 2);
      });
      const takers = events.filter((event) => event.type === 'delegate');
      assert.equal(result.status, 'SUCCESS');
      assert.deepEqual(takers.map(({ name }) => name).sort(), ['one', 'two']);
      assert.deepEqual(
        takers[1]?.before.map(({ name, outcome }) => [name, outcome]),
        [[struck, 'disconnected']],
      );
      assert.ok(tookMs < limits.withinMs, `the answer took ${tookMs} ms`);
    });
}

export const killedInTheMiddle = takenOver((taker) => taker.signal('SIGKILL'), { slowMs: 600, withinMs: 5000 });

/** Its silence is noticed after three heartbeats. */
export const stoppedInTheMiddle = takenOver((taker) => taker.signal('SIGSTOP'), { slowMs: 600, withinMs: 40_000 });

/** The only one that matches is killed: the answer comes at once and says so, and the test runs nowhere else. */
export const killedAndNobodyElse: Scenario = (url) =>
  onStage(url, 3000, async (stage) => {
    const only = await stage.delegate('only');
    const { result, tookMs } = await stage.test(() => setTimeout(() => only.signal('SIGKILL'), 300));
    assert.equal(result.status, 'FAILURE');
    assert.equal(result.finding?.code, 'delegate-broke-off');
    assert.match(result.finding.explanation, /“only”/);
    assert.ok(tookMs < 2500, `the answer took ${tookMs} ms`);
  });

/** One that stands still does not acknowledge: the other one is asked within two seconds. */
export const stoppedBefore: Scenario = (url) =>
  onStage(url, 0, async (stage) => {
    const still = await stage.delegate('still');
    await stage.delegate('awake');
    still.signal('SIGSTOP');
    for (let n = 0; n < 3; n += 1) {
      const { result, events, tookMs } = await stage.test();
      assert.equal(result.status, 'SUCCESS');
      assert.ok(tookMs < 5000, `the answer took ${tookMs} ms`);
      for (const event of events) if (event.type === 'delegate') assert.equal(event.name, 'awake');
    }
    still.signal('SIGCONT');
    // What it was offered meanwhile was given up, and is not run twice where anyone sees it.
    await sleep(500);
    assert.equal((await stage.test()).result.status, 'SUCCESS');
  });

/** SIGTERM: what runs is finished, and the process ends by itself. */
export const toldToStop: Scenario = (url) =>
  onStage(url, 1000, async (stage) => {
    const leaving = await stage.delegate('leaving');
    const { result } = await stage.test(() => setTimeout(() => leaving.signal('SIGTERM'), 200));
    assert.equal(result.status, 'SUCCESS');
    assert.equal(await leaving.ended, 0);
  });

/** A token that the manager does not know: refused, told why on both sides, and nothing runs with it. */
export const wrongToken: Scenario = (url) =>
  onStage(url, 0, async (stage) => {
    const wrong = Buffer.alloc(32, 1).toString('base64');
    const stranger = await stage.delegate('stranger', { DELEGATE_TOKEN: wrong }, { connects: false });
    while (!/no such token/.test(stranger.log())) await sleep(50);
    assert.match((await stranger.health()).problem ?? '', /no such token/);
    const { result } = await stage.test();
    assert.equal(result.finding?.code, 'delegate-not-available');
    assert.ok(!stranger.log().includes(wrong), 'the log holds the token');
  });

/**
 * The network is gone for so long in the middle of a test. Every request is answered; afterwards the delegate is
 * there by itself, on the same connection where that has lived through it.
 */
export function networkCut(seconds: number): Scenario {
  return (url) =>
    onStage(url, 500, async (stage) => {
      const link = await breakableLink(Number(new URL(url).port));
      const address = { MANAGER_HOST_AND_PORT: `http://127.0.0.1:${link.port}` };
      try {
        const far = await stage.delegate('far', address);
        const during = stage.test(() => {
          link.cut();
          setTimeout(() => link.mend(), seconds * 1000);
        });
        const { result, tookMs } = await during;
        // Silence for three heartbeats ends the session, and with it what ran; a shorter one only delays.
        const survives = seconds < 30;
        assert.equal(result.status, survives ? 'SUCCESS' : 'FAILURE');
        assert.ok(tookMs < (survives ? seconds * 1000 + 5000 : 35_000), `the answer took ${tookMs} ms`);
        if (!survives) await sleep((seconds + 1) * 1000 - tookMs);
        await far.connected(survives ? 1 : 2, 25_000);
        assert.equal((await far.health()).connections, survives ? 1 : 2);
        assert.equal((await stage.test()).result.status, 'SUCCESS');
      } finally {
        link.close();
      }
    });
}

/** Every connection is reset in the middle of a test: answered at once, and the delegate comes back. */
export const connectionReset: Scenario = (url) =>
  onStage(url, 2000, async (stage) => {
    const link = await breakableLink(Number(new URL(url).port));
    try {
      const far = await stage.delegate('far', { MANAGER_HOST_AND_PORT: `http://127.0.0.1:${link.port}` });
      const { result, tookMs } = await stage.test(() => setTimeout(() => link.reset(), 200));
      assert.equal(result.finding?.code, 'delegate-broke-off');
      assert.ok(tookMs < 1800, `the answer took ${tookMs} ms`);
      await far.connected(2, 5000);
      stage.simulator.faults.clear();
      assert.equal((await stage.test()).result.status, 'SUCCESS');
    } finally {
      link.close();
    }
  });
