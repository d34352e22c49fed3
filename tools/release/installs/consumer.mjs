/**
 * TypeScript that imports by name all that the entries export when they run, as an ES module and as a CommonJS one.
 *
 * @param {Readonly<Record<string, readonly string[]>>} names of each entry
 */
export function importingAll(names) {
  const entries = Object.entries(names);
  const modules = entries.map(([entry, exported], at) => {
    const local = exported.map((name) => `${name} as ${name}_${at}`);
    const used = exported.map((name) => `${name}_${at}`);
    return `import { ${local.join(', ')} } from '${entry}';\nvoid [${used.join(', ')}];\n`;
  });
  const commonJs = entries.map(([entry, exported], at) => {
    const used = exported.map((name) => `entry_${at}.${name}`);
    return `import entry_${at} = require('${entry}');\nvoid [${used.join(', ')}];\n`;
  });
  return {
    modules: modules.join(''),
    commonJs: commonJs.join(''),
    count: entries.flatMap(([, exported]) => exported).length,
  };
}

/** The settings of a strict user, who has the declarations of the packages checked too. @param {'nodenext' | 'bundler'} resolution @param {readonly string[]} files */
export const tsconfig = (resolution, files) => ({
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    module: resolution === 'bundler' ? 'esnext' : resolution,
    moduleResolution: resolution,
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: false,
    noEmit: true,
  },
  files,
});
