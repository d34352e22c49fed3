import { importsOf } from './module-graph.mjs';

/**
 * A rule that judges each import of a file by itself.
 *
 * @param {object} rule
 * @param {string} rule.description
 * @param {import('eslint').Rule.RuleMetaData['schema']} [rule.schema]
 * @param {(imported: import('./module-graph.mjs').Import, file: string, options: any) => string | undefined} rule.judge
 *   What is wrong with the import; undefined where nothing is.
 * @returns {import('eslint').Rule.RuleModule}
 */
export function importRule({ description, schema = [], judge }) {
  return {
    meta: { type: 'problem', docs: { description }, schema },
    create: ({ filename, sourceCode, options, report }) => ({
      Program() {
        for (const imported of importsOf(filename, sourceCode.text)) {
          const message = judge(imported, filename, options[0]);
          if (message !== undefined)
            report({ loc: sourceCode.getLocFromIndex(imported.offset), message });
        }
      },
    }),
  };
}
