import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { Results } from '../results.js';
import { chart } from './chart.js';
import { blocksOf, tablesPage } from './markdown.js';

export const PAGE = 'docs/judge.md';
export const RESULTS = 'docs/judge/results.json';

const STYLE = { singleQuote: true, printWidth: 100 };

/** The page with its generated parts put in anew: each stands between two comments that name it. */
export function filled(page: string, blocks: Readonly<Record<string, string>>): string {
  return page.replaceAll(
    /(<!-- bench: ([a-z ]+) -->\n)[\s\S]*?(\n<!-- \/bench -->)/g,
    (_, begin: string, name: string, end: string) => {
      const block = blocks[name];
      if (block === undefined) throw new Error(`${PAGE}: the bench has no part ${name}`);
      return `${begin}\n${block}\n${end}`;
    },
  );
}

/** What is below docs, by path, as it follows from the results. */
export async function pagesOf(results: Results, page: string): Promise<Record<string, string>> {
  const markdown = (text: string) => format(text, { parser: 'markdown', ...STYLE });
  return {
    [PAGE]: await markdown(filled(page, blocksOf(results))),
    'docs/judge/tables.md': await markdown(tablesPage(results)),
    'docs/judge/judges.svg': chart(results),
    [RESULTS]: await format(JSON.stringify(Results.parse(results)), { parser: 'json', ...STYLE }),
  };
}

/** Writes them. */
export async function writePages(results: Results): Promise<void> {
  await mkdir('docs/judge', { recursive: true });
  const pages = await pagesOf(results, await readFile(PAGE, 'utf8'));
  for (const [path, content] of Object.entries(pages)) await writeFile(path, content);
}
