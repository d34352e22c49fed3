/* The lint rules of this workspace. Each looks at the file behind an import, so no alias and no ending hides it. */
import { folderArrows } from './folder-arrows.mjs';
import { noImportBehindAlias } from './no-import-behind-alias.mjs';
import { noImportCircle } from './no-import-circle.mjs';

export const workspaceRules = {
  rules: {
    'folder-arrows': folderArrows,
    'no-import-behind-alias': noImportBehindAlias,
    'no-import-circle': noImportCircle,
  },
};
