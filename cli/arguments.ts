import { parseArgs, types } from 'node:util';
import * as z from 'zod';
import type { Terminal } from './terminal.js';

/** A command that can't go on, said to the person in one or more plain lines; exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Option {
  /** The placeholder of its value; without one the option is a switch. */
  readonly value?: string;
  readonly help: string;
}

/** What a command declares; `input` checks and types what was typed, keyed by the options' camelCase names. */
export interface Declaration<Input> {
  readonly name: string;
  readonly summary: string;
  /** Its one positional argument: the key in `input`, how it is shown, and whether it may be left out. */
  readonly argument?: {
    readonly key: string;
    readonly label: string;
    readonly isOptional?: boolean;
  };
  readonly options?: Readonly<Record<string, Option>>;
  /** False for a command that has to do with no deployment of greenwave: it has no --stage. */
  readonly hasStage?: boolean;
  readonly input: z.ZodType<Input>;
  readonly example: string;
  /** More lines for --help. */
  readonly notes?: readonly string[];
  run(input: Input, terminal: Terminal): Promise<number>;
}

/** A command as `main` runs it; resolves to the exit code. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  run(argv: readonly string[], terminal: Terminal): Promise<number>;
}

const STAGE: Option = {
  value: 'STAGE',
  help: 'which deployment of greenwave to use (default dev)',
};

/** All options of a command, its own first. */
const optionsOf = <Input>({
  options,
  hasStage = true,
}: Declaration<Input>): Readonly<Record<string, Option>> => ({
  ...options,
  json: { help: 'print JSON for programs' },
  ...(hasStage && { stage: STAGE }),
  help: { help: 'show this' },
});

/** Every command has this option. */
export const json = z.boolean().default(false);

/** The options that every command with a stage has, for its `input` schema. */
export const common = {
  json,
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'is no stage name: lower-case letters, digits and dashes')
    .default('dev'),
};

const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const kebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function helpLines<Input>(declaration: Declaration<Input>, usage: string): string[] {
  const options = Object.entries(optionsOf(declaration));
  const left = options.map(([name, { value }]) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...left.map((text) => text.length));
  return [
    `${declaration.summary}`,
    '',
    `Usage: greenwave ${usage} [options]`,
    '',
    'Options:',
    ...options.map(([, { help }], i) => `  ${(left[i] ?? '').padEnd(width)}  ${help}`),
    ...(declaration.notes ? ['', ...declaration.notes] : []),
    '',
    'Example:',
    `  ${declaration.example}`,
  ];
}

/** Node's message names the option; what it says beyond its first sentence is about quoting in general. */
const firstSentence = (message: string) => message.replace(/\. .*$/s, '').replace(/\.$/, '');

function readArguments(
  argv: readonly string[],
  options: Readonly<Record<string, Option>>,
  seeHelp: string,
) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { value }]) => [
          name,
          { type: value ? ('string' as const) : ('boolean' as const) },
        ]),
      ),
    });
  } catch (cause) {
    const message = types.isNativeError(cause) ? firstSentence(cause.message) : String(cause);
    throw new UsageError(`${message} (${seeHelp})`, { cause });
  }
}

/** Makes a command of its declaration: reads and checks its arguments, answers --help, says what is wrong with them. */
export function command<Input>(declaration: Declaration<Input>): Command {
  const { name, summary, argument } = declaration;
  const usage = argument ? `${name} ${argument.label}` : name;
  const seeHelp = `see greenwave ${name} --help`;

  const read = (argv: readonly string[]) => {
    const { values, positionals } = readArguments(argv, optionsOf(declaration), seeHelp);
    const [first, ...rest] = positionals;
    const unexpected = argument ? rest : positionals;
    if (values['help'] === true) return undefined;
    if (unexpected.length > 0)
      throw new UsageError(`unexpected argument ${unexpected.join(' ')} (${seeHelp})`);
    if (argument && !argument.isOptional && first === undefined)
      throw new UsageError(`${argument.label} is missing: greenwave ${usage} (${seeHelp})`);
    const given = Object.entries(values)
      .filter(([key]) => key !== 'help')
      .map(([key, value]) => [camel(key), value] as const);
    const parsed = declaration.input.safeParse(
      Object.fromEntries(
        argument && first !== undefined ? [...given, [argument.key, first]] : given,
      ),
    );
    if (parsed.success) return parsed.data;
    throw new UsageError(
      parsed.error.issues
        .map(({ path, message }) => {
          const key = String(path[0]);
          const label = key === argument?.key ? argument.label : `--${kebab(key)}`;
          return `${label} ${message} (${seeHelp})`;
        })
        .join('\n'),
    );
  };

  return {
    name,
    usage,
    summary,
    async run(argv, terminal) {
      const input = read(argv);
      if (input === undefined) {
        helpLines(declaration, usage).forEach((line) => {
          terminal.out(line);
        });
        return 0;
      }
      return declaration.run(input, terminal);
    },
  };
}
