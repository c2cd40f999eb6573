import type { ConnectivityBucket, ConnectivityCheck } from '@wardline/contracts';

interface Span {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Into how many equal parts it is divided. */
  readonly parts: number;
}

/** Tests, counted for each part of a time; oldest part first. What lies outside is left out. */
export function bucketHistory(checks: readonly ConnectivityCheck[], { from, to, parts }: Span): ConnectivityBucket[] {
  const width = (to - from) / parts;
  const buckets = Array.from({ length: parts }, (_, part): ConnectivityBucket => {
    const start = Math.round(from + part * width);
    const end = Math.round(from + (part + 1) * width);
    return { from: start, to: end, passed: 0, failed: 0, slowestMs: 0, findings: [] };
  });
  for (const { at, status, durationMs, finding } of checks) {
    // What happens this very moment belongs to the last part.
    const bucket = at > to ? undefined : buckets[Math.min(Math.floor((at - from) / width), parts - 1)];
    if (!bucket) continue;
    if (status === 'SUCCESS') bucket.passed += 1;
    else bucket.failed += 1;
    bucket.slowestMs = Math.max(bucket.slowestMs, durationMs);
    if (finding !== null && !bucket.findings.includes(finding)) bucket.findings.push(finding);
  }
  return buckets;
}
