import type * as z from 'zod';
import { graphProblems } from './check-graph.js';
import { checkState } from './check-state.js';
import { InnerFields, MachineFields, StateFields, type Graph, type State } from './definition.js';

/** A definition that can't run here: what is wrong, and in which state and field. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}

/** A state machine that has been found fit to run. */
export interface Machine {
  readonly graph: Graph;
  readonly timeoutSeconds: number | undefined;
}

type QueryLanguage = 'JSONata' | 'JSONPath';

const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `/${String(part)}`))
    .join('')
    .slice(1);

/** One line per problem: the place, the field, what is wrong with it. */
function problems(place: string, error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const field = fieldOf(issue.path);
      if (issue.code === 'unrecognized_keys')
        return `${place}: field '${fieldOf([...issue.path, issue.keys.join(', ')])}' is not supported`;
      return `${place}: field '${field}' ${issue.message}`;
    })
    .join('\n');
}

function read<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new DefinitionError(problems(place, parsed.error));
  return parsed.data;
}

function loadState(
  name: string,
  value: unknown,
  machineLanguage: QueryLanguage,
  around: ReadonlySet<string>,
): State {
  const place = `State '${name}'`;
  const fields = read(StateFields, value, place);
  const problem = checkState(fields, machineLanguage);
  if (problem !== undefined) throw new DefinitionError(`${place}: ${problem}`);
  const inner = (part: unknown, field: string) => {
    const { StartAt, States } = read(InnerFields, part, `${place}, ${field}`);
    return loadGraph(StartAt, States, machineLanguage, around);
  };
  if (fields.Type === 'Parallel')
    return { ...fields, branches: fields.Branches.map((part, i) => inner(part, `Branches[${i}]`)) };
  if (fields.Type === 'Map')
    return { ...fields, processor: inner(fields.ItemProcessor, 'ItemProcessor') };
  return fields;
}

/** The variables that the states of one graph assign, without those of the graphs inside. */
function assignedNames(states: Readonly<Record<string, unknown>>): string[] {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  return Object.values(states)
    .filter(isRecord)
    .flatMap((state) => [state, state['Choices'], state['Catch']].flat())
    .filter(isRecord)
    .map((part) => part['Assign'])
    .filter(isRecord)
    .flatMap((assigned) => Object.keys(assigned));
}

function loadGraph(
  startAt: string,
  states: Readonly<Record<string, unknown>>,
  language: QueryLanguage,
  around: ReadonlySet<string>,
): Graph {
  const own = assignedNames(states);
  const shadow = own.find((name) => around.has(name));
  // Documented: Step Functions guide, "Passing data with variables", names of outer scopes can't be reused inside.
  if (shadow !== undefined)
    throw new DefinitionError(
      `Variable '${shadow}' is assigned inside a Parallel or Map state and outside of it (from '${startAt}').`,
    );
  const known = new Set([...around, ...own]);
  const loaded = Object.entries(states).map(
    ([name, value]) => [name, loadState(name, value, language, known)] as const,
  );
  return { startAt, states: new Map(loaded) };
}

/** Throws a `DefinitionError` on everything that isn't a state machine, or not one that the interpreter runs right. */
export function loadMachine(definition: unknown): Machine {
  const fields = read(MachineFields, definition, 'State machine');
  const graph = loadGraph(
    fields.StartAt,
    fields.States,
    fields.QueryLanguage ?? 'JSONPath',
    new Set(),
  );
  const wrong = graphProblems(graph);
  if (wrong.length > 0) throw new DefinitionError(wrong.join('\n'));
  return { graph, timeoutSeconds: fields.TimeoutSeconds };
}
