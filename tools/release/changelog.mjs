/**
 * What a changelog says of a version, without the heading, which Nx writes one level higher for a major version.
 *
 * @param {string} changelog @param {string} version
 * @returns {string}
 * @throws Error when it says nothing
 */
export function entryOf(changelog, version) {
  const entry = changelog
    .split(/^(?=##? )/m)
    .find((each) => each.replace(/^#+ /, '').startsWith(`${version} (`));
  const text = entry?.replace(/^.*\n/, '').trim() ?? '';
  if (text === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return text;
}
