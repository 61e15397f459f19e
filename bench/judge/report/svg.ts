type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const opening = (name: string, attributes: Attributes) =>
  [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${value}"`)].join(' ');

/** An element with what is in it, as lines. */
export const element = (name: string, attributes: Attributes, children: readonly string[] = []) =>
  children.length === 0
    ? `<${opening(name, attributes)}/>`
    : [`<${opening(name, attributes)}>`, ...children, `</${name}>`].join('\n');

/** A text that starts, ends or is centred where it is put: `text-anchor` says which. */
export const text = (content: string, attributes: Attributes) =>
  `<${opening('text', attributes)}>${escaped(content)}</text>`;
