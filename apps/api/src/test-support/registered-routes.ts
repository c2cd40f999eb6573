import type { TestApp } from './test-app.ts';

/**
 * Every route as the router knows it, e.g. `GET /ng/api/connectors/:identifier`, read from the tree that it prints: four
 * columns of indentation per level. HEAD is left out, since it comes with GET.
 */
export function registeredRoutes({ app }: TestApp): string[] {
  const parents: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line);
      if (!match) return [];
      const [, indentation = '', segment = '', methods = ''] = match;
      const depth = indentation.length / 4;
      const path = (parents[depth - 1] ?? '') + segment;
      parents[depth] = path;
      const names = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD');
      return names.map((method) => `${method} ${path}`);
    });
}
