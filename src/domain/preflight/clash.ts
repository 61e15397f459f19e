import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import type { Ask, VersionProblem } from './resolve.js';

/** Whether a constraint is one version. */
export const isExact = ({ range }: Ask): boolean => valid(range) !== null;

/** Components before targets. */
export const componentsFirst = (asks: readonly Ask[]): Ask[] =>
  asks.toSorted((a, b) => Number(a.version === undefined) - Number(b.version === undefined));

/** Whether no version that there is, or that one of them names, meets all of these. Ranges alone don't tell which there are. */
const isClash = (asks: readonly Ask[], versions: readonly string[] | undefined) => {
  const exact = asks.filter(isExact).map(({ range }) => range);
  if (versions === undefined && exact.length === 0) return false;
  return ![...(versions ?? []), ...exact].some((version) =>
    asks.every(({ range }) => satisfies(version, range)),
  );
};

/** The fewest of these that no version meets together: one alone, else the first two that clash, else all. */
export function clash(problem: Pick<VersionProblem, 'asks' | 'versions'>): readonly Ask[] {
  const { versions } = problem;
  const asks = componentsFirst(problem.asks);
  const alone = asks.find((ask) => isClash([ask], versions));
  if (alone) return [alone];
  const pairs = asks.flatMap((one, i) => asks.slice(i + 1).map((other) => [one, other] as const));
  return pairs.find((pair) => isClash(pair, versions)) ?? asks;
}

/** One constraint as a person reads it: who asks for what. */
export const askText = (component: string, ask: Ask): string => {
  const who = ask.version === undefined ? ask.by : `${ask.by} ${ask.version}`;
  const asks = ask.version === undefined && isExact(ask) ? 'pins' : 'requires';
  return `${who} ${asks} ${component} ${ask.range}`;
};
