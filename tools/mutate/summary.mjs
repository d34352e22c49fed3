/* What the mutants say of the tests: a score for each folder, and the changes that no test noticed. */
import { dirname } from 'node:path';

/**
 * One mutant and what became of it.
 *
 * @typedef {object} Result
 * @property {string} fileName Relative to the project.
 * @property {string} status Stryker's word: Killed, Timeout, Survived, NoCoverage, Ignored, CompileError or RuntimeError.
 * @property {string} mutatorName
 * @property {string} replacement
 * @property {string} original The source that was replaced.
 * @property {number} line
 */

const detected = ['Killed', 'Timeout'];
const undetected = ['Survived', 'NoCoverage'];

/** @param {readonly Result[]} results */
function scoreOf(results) {
  /** @param {readonly string[]} statuses */
  const count = (statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const killed = count(detected);
  const total = killed + count(undetected);
  return { killed, total, uncovered: count(['NoCoverage']), percent: (100 * killed) / total };
}

/**
 * A line for each folder and one for all. The score is (killed + timed out) / (those + survived + not covered), in percent.
 *
 * @param {readonly Result[]} results
 */
export function folderTable(results) {
  const folders = [...new Set(results.map(({ fileName }) => dirname(fileName)))].sort();
  const rows = [...folders, 'all'].map((folder) => ({
    folder,
    ...scoreOf(results.filter(({ fileName }) => folder === 'all' || dirname(fileName) === folder)),
  }));
  const width = Math.max(...['folder', ...folders].map(({ length }) => length));
  return [
    `${'folder'.padEnd(width)}  score   killed    of  not covered`,
    ...rows
      .filter(({ total }) => total > 0)
      .map(({ folder, percent, killed, total, uncovered }) =>
        [
          folder.padEnd(width),
          `${percent.toFixed(1)} %`.padStart(7),
          String(killed).padStart(6),
          String(total).padStart(5),
          String(uncovered).padStart(5),
        ].join(' '),
      ),
  ].join('\n');
}

/** @param {string} source */
const onOneLine = (source) => {
  const line = source.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 97)}...` : line;
};

/**
 * The mutants that no test noticed, by file and line.
 *
 * @param {readonly Result[]} results
 */
export function survivorList(results) {
  return results
    .filter(({ status }) => undetected.includes(status))
    .sort((a, b) => a.fileName.localeCompare(b.fileName) || a.line - b.line)
    .map(
      ({ fileName, line, status, mutatorName, original, replacement }) =>
        `${fileName}:${line} ${status} ${mutatorName}\n  - ${onOneLine(original)}\n  + ${onOneLine(replacement)}\n`,
    )
    .join('');
}
