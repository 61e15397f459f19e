import { parseDocument } from 'yaml';

/** What a text of YAML or JSON holds, or what is wrong with it: a line each, with file, line and column. */
export function readYaml(text: string, path: string): { value: unknown } | { problems: string[] } {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0)
    return {
      problems: document.errors.map(({ pos, code, message }) => {
        const before = text.slice(0, pos[0]).split('\n');
        const problem = code === 'MULTIPLE_DOCS' ? 'more than one document; keep one' : message;
        return `${path}:${before.length}:${(before.at(-1) ?? '').length + 1}: ${problem}`;
      }),
    };
  try {
    return { value: document.toJS() as unknown };
  } catch (cause) {
    // An alias that leads nowhere, or to too much.
    return { problems: [`${path}: ${cause instanceof Error ? cause.message : String(cause)}`] };
  }
}
