import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawPicture, svgFile } from '@wemixvisor/screencast';
import { format } from 'oxfmt';
import { createServer } from 'vite';
import { apiPages } from './api.mjs';
import { withCauses } from './causes.mjs';
import { renderCompatibility } from './compatibility.mjs';
import { renderConfiguration } from './configuration.mjs';
import { renderReleaseForks } from './forks.mjs';
import { withMetrics } from './metrics.mjs';
import { renderConfigKeys, renderFlags, renderSubcommands } from './registry.mjs';

/** @param {string} name */
const data = (name) =>
  JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8'));

/** What the source says, the app's and that of the packages: nothing has to be built. */
async function described() {
  // Node 20 reads no TypeScript.
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    ssr: { resolve: { conditions: ['@wemixvisor/source', 'module', 'node', 'import'] } },
  });
  try {
    const { declared, settingNames, settings } = await server.ssrLoadModule(settingsFile);
    const { causes } = await server.ssrLoadModule(fileURLToPath(diagnosis));
    const { describeMetrics } = await server.ssrLoadModule(fileURLToPath(metricsPackage));
    const rows = settingNames.map((/** @type {string} */ name) => {
      const { type, key, defaultValue, ...rest } = settings[name];
      const [table] = key.split('.');
      const standard = defaultValue === null ? '' : declared.format(name, defaultValue);
      return { ...rest, table, key, expected: type.expected, standard };
    });
    return { rows, causes, metrics: await describeMetrics() };
  } finally {
    await server.close();
  }
}

const settingsFile = fileURLToPath(
  new URL('../../apps/wemixvisor/src/settings/settings.ts', import.meta.url),
);
const diagnosis = new URL('../../packages/diagnosis/src/index.ts', import.meta.url);
const metricsPackage = new URL('../../packages/metrics/src/index.ts', import.meta.url);
const metricsPage = new URL('../../docs/metrics.md', import.meta.url);
const configuration = new URL('../../docs/configuration.md', import.meta.url);
const troubleshooting = new URL('../../docs/troubleshooting.md', import.meta.url);

const { singleQuote, printWidth } = JSON.parse(
  readFileSync(new URL('../../.oxfmtrc.json', import.meta.url), 'utf8'),
);
const layout = { singleQuote, printWidth };

/** A page laid out as the gate wants it. @param {URL} file @param {string} text */
async function page(file, text) {
  const { code, errors } = await format(fileURLToPath(file), text, layout);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return { file, content: code };
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the pages of the packages' exports are. */
export const api = new URL('../../docs/api/', import.meta.url);

const registry = new URL('../../packages/passthrough/src/registry/', import.meta.url);

/** Every generated file of the repository: where it goes and what belongs in it. */
export async function outputs() {
  const flags = data('flags');
  const subcommands = data('subcommands');
  const { rows, causes, metrics } = await described();
  return [
    { file: new URL('flags.generated.ts', registry), content: renderFlags(flags) },
    {
      file: new URL('subcommands.generated.ts', registry),
      content: renderSubcommands(subcommands),
    },
    {
      file: new URL('config-keys.generated.ts', registry),
      content: renderConfigKeys(data('config-keys')),
    },
    {
      file: new URL('../../packages/forks/src/release-forks.generated.ts', import.meta.url),
      content: renderReleaseForks(data('forks')),
    },
    {
      file: new URL('../../docs/compatibility.md', import.meta.url),
      content: renderCompatibility(flags),
    },
    { file: svgFile, content: await drawPicture() },
    await page(configuration, renderConfiguration(rows)),
    await page(troubleshooting, withCauses(readFileSync(troubleshooting, 'utf8'), causes)),
    await page(metricsPage, withMetrics(readFileSync(metricsPage, 'utf8'), metrics)),
    ...(await apiPages(root)).map(({ name, text }) => ({
      file: new URL(name, api),
      content: text,
    })),
  ];
}
