import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** One name that a package exports. */
export interface PublicName {
  readonly name: string;
  /** Whether its declaration has a TSDoc comment. */
  readonly hasTsdoc: boolean;
}

/** The source files behind the entry points of a package, from the `@wemixvisor/source` condition of its exports. */
export function entryFiles(packageFolder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  return Object.values(manifest.exports)
    .flatMap((target) => (typeof target === 'string' ? [] : [target['@wemixvisor/source']]))
    .filter((path) => path !== undefined)
    .map((path) => join(packageFolder, path));
}

/**
 * The names that an entry point exports.
 *
 * @throws Error where it does more than re-export by name, which is all that an entry point may do.
 */
export function publicNames(entry: string): readonly PublicName[] {
  return parse(entry).statements.flatMap((statement) => {
    if (
      !ts.isExportDeclaration(statement) ||
      statement.exportClause === undefined ||
      statement.moduleSpecifier === undefined ||
      !ts.isStringLiteral(statement.moduleSpecifier)
    ) {
      throw new Error(`${entry} does more than re-export by name: ${statement.getText()}`);
    }
    const { exportClause } = statement;
    if (ts.isNamespaceExport(exportClause)) {
      return [{ name: exportClause.name.text, hasTsdoc: hasComment(statement) }];
    }
    const file = join(dirname(entry), statement.moduleSpecifier.text);
    return exportClause.elements.map(({ name, propertyName }) => ({
      name: name.text,
      hasTsdoc: hasTsdoc(file, (propertyName ?? name).text),
    }));
  });
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Whether the declaration of a name in a file, or in the one that it re-exports the name from, has a comment. */
function hasTsdoc(file: string, name: string): boolean {
  if (!existsSync(file)) return false;
  return parse(file).statements.some((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return false;
      const names =
        exportClause !== undefined && ts.isNamedExports(exportClause) ? exportClause.elements : [];
      const found = names.find((each) => each.name.text === name);
      const from = join(dirname(file), moduleSpecifier.text);
      return found !== undefined && hasTsdoc(from, (found.propertyName ?? found.name).text);
    }
    return declares(statement, name) && hasComment(statement);
  });
}

const hasComment = (statement: ts.Statement) => ts.getJSDocCommentsAndTags(statement).length > 0;

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((each) => each.name.getText() === name);
  }
  const declaration = statement as ts.Statement & { readonly name?: ts.Node };
  return declaration.name !== undefined && declaration.name.getText() === name;
}
