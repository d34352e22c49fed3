import { Contrib, Enums, Models, Serialize, Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { createHash } from 'node:crypto';
import parseExpression from 'spdx-expression-parse';

/** @typedef {{ readonly name: string, readonly version: string, readonly licence: string }} Part */

/** What `THIRD-PARTY-LICENCES.txt` of a program lists. @param {string} text @returns {readonly Part[]} */
export function bundledIn(text) {
  return [...text.matchAll(/^-{78}\n(\S+) (\S+) \((.+)\)$/gm)].map(
    ([, name = '', version = '', licence = '']) => ({ name, version, licence }),
  );
}

/**
 * A bill of materials in CycloneDX JSON: the program, and the npm packages that are in its bundle. The same parts make the same text:
 * it has no time, and its serial number is drawn from its content.
 *
 * @param {Part} program
 * @param {readonly Part[]} bundled
 * @returns {Promise<string>}
 * @throws Error when the text is not what the schema of CycloneDX asks for
 */
export async function billOfMaterialsOf(program, bundled) {
  const bom = new Models.Bom();
  bom.metadata.component = componentOf(program, Enums.ComponentType.Application);
  const distinct = new Map(bundled.map((part) => [purlOf(part), part]));
  for (const part of distinct.values()) {
    bom.components.add(componentOf(part, Enums.ComponentType.Library));
  }
  bom.serialNumber = serialNumberOf(serialized(bom));
  const text = serialized(bom);
  const fault = await validator.validate(text);
  if (fault !== null) throw new Error(`no valid CycloneDX: ${JSON.stringify(fault)}`);
  return `${text}\n`;
}

const specification = Spec.Spec1dot6;
const validator = new Validation.JsonStrictValidator(specification.version);
const licences = new Contrib.License.Factories.LicenseFactory(parseExpression);

/** @param {Part} part */
const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** @param {Part} part @param {Enums.ComponentType} type */
function componentOf(part, type) {
  const purl = purlOf(part);
  const { name, version } = part;
  const component = new Models.Component(type, name, { version, purl, bomRef: purl });
  component.licenses.add(licences.makeFromString(part.licence));
  return component;
}

/** @param {Models.Bom} bom */
function serialized(bom) {
  const factory = new Serialize.JSON.Normalize.Factory(specification);
  return new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 });
}

/** A UUID of version 8 (RFC 9562), whose bits are its maker's. @param {string} content */
function serialNumberOf(content) {
  const hex = createHash('sha256').update(content).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return `urn:uuid:${[...groups, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`;
}
