import { relative } from 'node:path';
import { importRule } from './import-rule.mjs';
import { importPath, isSource } from './module-graph.mjs';

/**
 * Refuses an import that leads back to the file it stands in. Type-only and dynamic imports count: a circle of types
 * ties two files together just as well, and a type-only import becomes a real one by deleting a word.
 */
export const noImportCircle = importRule({
  description: 'No file may import itself by way of others',
  judge({ file }, from) {
    if (file === undefined || !isSource(file)) return undefined;
    const path = importPath(file, from);
    if (path === undefined) return undefined;
    const names = [from, ...path].map((each) => relative(process.cwd(), each));
    return `Import circle: ${names.join(' → ')}.`;
  },
});
