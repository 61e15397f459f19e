import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/**
 * Prints what the comments in `emulator/` say of the behaviour of services and devices, and how that is known. Given the path
 * of a page, writes it there, below the heading of the list.
 */
const MARK = /\b(Documented|Observed|Assumed): /;
const HEADING = '\n## The list\n';
const ROOMS = [
  ['operations/', 'Operations'],
  ['control-plane/', 'Control plane'],
  ['fleet/', 'Core devices'],
  ['', 'Requests, quotas and events'],
];

/** Each comment of a file as one line of text. */
function commentsOf(text) {
  const comments = [];
  let open = '';
  for (const line of text.split('\n')) {
    const [, said] = /^\s*(?:\/\*\*|\/\/|\*(?!\/))\s?(.*?)(?:\s*\*\/)?$/.exec(line) ?? [];
    if (open !== '' && (said === undefined || /^\s*\/\*\*/.test(line))) {
      comments.push(open);
      open = '';
    }
    if (said !== undefined) open = `${open} ${said}`.trim();
  }
  return comments;
}

/** What a comment says of behaviour: from each mark to the next, or to the comment's end. */
function behavioursIn(comment) {
  const [, ...parts] = comment.split(MARK);
  return parts.flatMap((part, at) =>
    at % 2 === 0 ? [`- **${part}** ${parts[at + 1].trim()}`] : [],
  );
}

const root = new URL('../emulator/', import.meta.url);
const files = readdirSync(root, { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const roomOf = (file) => ROOMS.find(([folder]) => file.startsWith(folder));

const list = ROOMS.map((room) => {
  const sections = files
    .filter((file) => roomOf(file) === room)
    .map((file) => [file, commentsOf(readFileSync(new URL(file, root), 'utf8'))])
    .map(([file, comments]) => [file, comments.flatMap(behavioursIn)])
    .filter(([, found]) => found.length > 0)
    .map(([file, found]) => `\`${file}\`\n\n${found.join('\n')}\n`);
  return `### ${room[1]}\n\n${sections.join('\n')}`;
}).join('\n');

const [page] = process.argv.slice(2);
if (page === undefined) process.stdout.write(list);
else {
  const [head] = readFileSync(page, 'utf8').split(HEADING);
  writeFileSync(page, `${head}${HEADING}\n${list}`);
}
