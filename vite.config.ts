import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** The Host header stays the browser's, or the API would take the page for one of another origin. */
const api = { target: `http://127.0.0.1:${process.env.PORT ?? 8080}`, changeOrigin: false };

/**
 * Every schema of zod can describe itself as JSON Schema, which the console never asks for and would carry with its
 * first load: five kilobytes, gzipped. In its place is a function that says so.
 */
function noJsonSchema(): Plugin {
  return {
    name: 'no-json-schema',
    apply: 'build',
    transform: {
      filter: { id: /zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ },
      handler(code) {
        const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name);
        const renamed = [...code.matchAll(/^export \{ \w+ as (\w+) \};/gm)].map(([, name = '']) => name);
        return [
          "const refuse = () => { throw new Error('The console is built without JSON Schema: see vite.config.ts.'); };",
          // What makes the methods of a schema is called with each schema; the methods are what nobody calls.
          'const makeRefuse = () => refuse;',
          ...names.map((name) => `export const ${name} = ${name.startsWith('create') ? 'makeRefuse' : 'refuse'};`),
          ...renamed.map((name) => `export { refuse as ${name} };`),
        ].join('\n');
      },
    },
  };
}

/** Writes a `.br` and a `.gz` beside every text file of the console, so that the server compresses nothing per request. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
      for (const file of files.filter((name) => /\.(js|css|svg|html|json)$/.test(name))) {
        const content = readFileSync(join(dir, file));
        writeFileSync(join(dir, `${file}.br`), brotliCompressSync(content));
        writeFileSync(join(dir, `${file}.gz`), gzipSync(content));
      }
    },
  };
}

const ssr = {
  ssr: true,
  target: 'node20',
  emptyOutDir: true,
} as const;

/** The API server, with Wardline's own packages bundled in. */
const server: UserConfig = {
  root: at('.'),
  ssr: { noExternal: [/^@wardline\//], external: true },
  build: {
    ...ssr,
    outDir: at('apps/api/dist'),
    sourcemap: true,
    rollupOptions: {
      input: { main: at('apps/api/src/main.ts') },
      external: [...builtinModules, /^node:/],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

/**
 * An `import` of one of Node's own modules takes hold of everything that it exports, and so loads what that needs: of
 * `node:http`, since Node 22, all of fetch. `require` takes hold of what is asked for only, which saves a delegate some
 * fifteen megabytes, and a command that asks nothing the time.
 */
function requireBuiltins(): Plugin {
  const prefix = '\0required:';
  const require = createRequire(import.meta.url);
  const isName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default';
  return {
    name: 'require-builtins',
    enforce: 'pre',
    resolveId(source, _importer, { kind }) {
      if (!isBuiltin(source)) return null;
      const isImport = kind !== 'require-call' && !/^(node:)?module$/.test(source);
      return isImport ? prefix + source : { id: source, external: true };
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const name = id.slice(prefix.length);
      const exported = Object.keys(require(name)).filter(isName);
      return [
        "import { createRequire } from 'node:module';",
        `const required = /* @__PURE__ */ createRequire(import.meta.url)('${name}');`,
        'const read = (name) => required[name];',
        'export default required;',
        // Each by itself, so that what nobody imports falls away.
        ...exported.map((each) => `const $${each} = /* @__PURE__ */ read('${each}'); export { $${each} as ${each} };`),
      ].join('\n');
    },
  };
}

/** `prom-client` wants it for exemplars, of which the delegate has none. */
const noTracing: Plugin = {
  name: 'no-tracing',
  enforce: 'pre',
  resolveId: (source) => (source === '@opentelemetry/api' ? '\0no-tracing' : null),
  load: (id) => (id === '\0no-tracing' ? 'export {}' : null),
};

/** V8 keeps a source with one character beyond Latin-1 in two bytes each: the file would take twice its size of memory. */
const inAscii: Plugin = {
  name: 'in-ascii',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type !== 'chunk') continue;
      // Unit by unit, so that what needs two becomes two escapes.
      part.code = part.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/** One file that needs nothing but Node: it is carried to where no registry is. */
const oneFile = (name: string): UserConfig => ({
  root: at('.'),
  plugins: [requireBuiltins(), noTracing, inAscii],
  ssr: { noExternal: true },
  build: {
    ...ssr,
    minify: true,
    outDir: at(`apps/${name}/dist`),
    rollupOptions: {
      input: { [name]: at(`apps/${name}/src/main.ts`) },
      // Faster parts in C++ that ws uses where someone has installed them.
      external: ['bufferutil', 'utf-8-validate'],
      // Else V8 compiles at the start what is wrapped to be run later, or never.
      optimization: { pifeForModuleWrappers: false },
      output: { entryFileNames: '[name].mjs', codeSplitting: false },
    },
  },
});

const programs = new Map([
  ['server', server],
  ['delegate', oneFile('delegate')],
  ['cli', oneFile('cli')],
]);

/** `vite build` makes the console; with `--ssr`, the mode says which program. */
export default defineConfig(({ isSsrBuild, mode }) =>
  isSsrBuild
    ? (programs.get(mode) ?? server)
    : {
        root: at('apps/web'),
        plugins: [react(), noJsonSchema(), precompress()],
        build: {
          outDir: at('apps/web/dist'),
          emptyOutDir: true,
          rolldownOptions: {
            // In one file, so that zod is told not to generate code before any schema is made, wherever that is.
            output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|\/zod-config\.ts$/ }] } },
          },
        },
        server: {
          proxy: Object.fromEntries(['/ng/api', '/api', '/authz', '/audit', '/health'].map((path) => [path, api])),
        },
        test: {
          projects: [
            {
              test: {
                name: 'node',
                root: at('.'),
                include: ['packages/*/src/**/*.test.ts', 'apps/{api,cli,delegate}/src/**/*.test.ts'],
                globalSetup: [at('apps/api/src/test-support/postgres/on-demand.ts')],
                // The SDK's notice about Node 20, which the product switches off for itself.
                env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
                environment: 'node',
                testTimeout: 20_000,
                // Many hooks start a whole server on a new database.
                hookTimeout: 60_000,
              },
            },
            {
              plugins: [react()],
              test: {
                name: 'web',
                root: at('apps/web'),
                include: ['src/**/*.test.{ts,tsx}'],
                environment: 'happy-dom',
                setupFiles: ['src/test-support/setup.ts'],
                testTimeout: 20_000,
              },
            },
            {
              test: {
                name: 'checks',
                root: at('apps/checks'),
                include: ['src/**/*.test.ts'],
                globalSetup: [at('apps/api/src/test-support/postgres/on-demand.ts')],
                environment: 'node',
                testTimeout: 120_000,
                hookTimeout: 180_000,
                fileParallelism: false,
              },
            },
          ],
        },
      },
);
