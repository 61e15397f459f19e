import type { Graph, State } from './definition.js';

/** Where a state leads, by the field that says so. */
function transitionsOf(state: State): (readonly [field: string, target: string])[] {
  const found: (readonly [string, string])[] = [];
  if ('Next' in state && state.Next !== undefined) found.push(['Next', state.Next]);
  if (state.Type === 'Choice') {
    found.push(...state.Choices.map(({ Next }, i) => [`Choices[${i}]/Next`, Next] as const));
    if (state.Default !== undefined) found.push(['Default', state.Default]);
  }
  const catchers = 'Catch' in state ? (state.Catch ?? []) : [];
  found.push(...catchers.map(({ Next }, i) => [`Catch[${i}]/Next`, Next] as const));
  return found;
}

function reachable({ startAt, states }: Graph): ReadonlySet<string> {
  // A set is walked with what is added on the way.
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (state) for (const [, target] of transitionsOf(state)) reached.add(target);
  }
  return reached;
}

const innerOf = (state: State): readonly Graph[] => {
  if (state.Type === 'Parallel') return state.branches;
  return state.Type === 'Map' ? [state.processor] : [];
};

const isTerminal = (state: State): boolean =>
  state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End === true);

function* problemsOf(graph: Graph, names: Set<string>): Generator<string> {
  const { startAt, states } = graph;
  if (!states.has(startAt)) yield `MISSING_TRANSITION_TARGET: Missing 'StartAt' target: ${startAt}`;
  const reached = reachable(graph);
  for (const [name, state] of states) {
    if (names.has(name)) yield `DUPLICATE_STATE_NAME: State '${name}' is there twice`;
    names.add(name);
    if (!reached.has(name))
      yield `MISSING_TRANSITION_TARGET: State '${name}' is not reachable from '${startAt}'`;
    for (const [field, target] of transitionsOf(state))
      if (!states.has(target))
        yield `MISSING_TRANSITION_TARGET: State '${name}': field '${field}' leads to '${target}', which is not in the same part of the machine`;
    for (const inner of innerOf(state)) yield* problemsOf(inner, names);
  }
  if (![...states.values()].some(isTerminal))
    yield `MISSING_TERMINAL_STATE: no state ends what '${startAt}' starts`;
}

/**
 * What is wrong with how the states of a machine lead to each other, a line each. Documented: Amazon States Language,
 * "Transitions": targets are in the same States object, each state is led to, names are unique in the whole machine, and
 * something ends it.
 */
export const graphProblems = (graph: Graph): string[] => [...problemsOf(graph, new Set())];
