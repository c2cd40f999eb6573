import type { Page } from 'playwright-core';

/** Everything that a page left in this browser: storages, databases, caches, cookies, its address and its history state. */
export async function browserTraces(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => {
    const read = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const databases: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await read(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        databases.push(name, store, await read(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      href: location.href,
      state: history.state as unknown,
      windowName: window.name,
      caches: await caches.keys(),
      databases,
    };
  });
  return JSON.stringify([kept, await page.context().storageState({ indexedDB: true })]);
}

/** Collects every address that a page goes to or asks for, and every body that it gets from the API. */
export function recordTraffic(page: Page): { texts: string[]; settled: () => Promise<void> } {
  const texts: string[] = [];
  const bodies: Promise<void>[] = [];
  page.on('request', (request) => texts.push(request.url()));
  page.on('framenavigated', (frame) => texts.push(frame.url()));
  page.on('console', (message) => texts.push(message.text()));
  page.on('response', (response) => {
    if (!/\/(ng\/)?api\//.test(response.url())) return;
    const body = response.text().then(
      (text) => void texts.push(text),
      // A body that the page gave up reading was not kept by the browser either.
      () => undefined,
    );
    bodies.push(body);
  });
  return { texts, settled: async () => void (await Promise.all(bodies)) };
}
