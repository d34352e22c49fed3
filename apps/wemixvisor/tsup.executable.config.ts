import { defineConfig } from 'tsup';
import { thirdPartyLicences } from '../../tools/config/third-party-licences.ts';
import { shared, versionAlone } from './tsup.config.ts';

/** The whole program as one CommonJS file: what a single executable is made from. */
export default defineConfig({
  ...shared,
  entry: { wemixvisor: 'src/main.ts' },
  format: ['cjs'],
  target: 'node24',
  outDir: 'bundle',
  splitting: false,
  clean: true,
  // Less to compile at each start; names stay, for the sake of stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  define: { 'import.meta.url': 'executableUrl' },
  banner: {
    js: "'use strict'; const executableUrl = require('node:url').pathToFileURL(process.execPath).href;",
  },
  esbuildPlugins: [versionAlone, thirdPartyLicences('bundle/THIRD-PARTY-LICENCES.txt')],
});
