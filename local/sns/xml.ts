/** A value of an answer: text, a list (each item in a `member`), or named values; undefined is left out. */
export type XmlValue =
  string | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

const escaped = (text: string) => text.replaceAll(/[&<>"\r]/g, (sign) => ENTITIES[sign] ?? sign);

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);

function content(value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escaped(value);
  if (isList(value)) return value.map((item) => `<member>${content(item)}</member>`).join('');
  return Object.entries(value)
    .filter(([, below]) => below !== undefined)
    .map(([name, below]) => `<${name}>${content(below)}</${name}>`)
    .join('');
}

/** A document of the AWS query protocol. */
export const xml = (root: string, namespace: string, value: XmlValue): string =>
  `<${root} xmlns="${namespace}">${content(value)}</${root}>`;
