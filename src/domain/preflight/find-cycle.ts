import type { RecipeFacts } from './recipe.js';

/** The components of a ring of dependencies, each asking for the next, if there is one. */
export function findCycle(chosen: ReadonlyMap<string, RecipeFacts>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (component: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(component)) return path.slice(path.indexOf(component));
    if (done.has(component)) return undefined;
    for (const dependency of Object.keys(chosen.get(component)?.dependencies ?? {})) {
      const ring = visit(dependency, [...path, component]);
      if (ring) return ring;
    }
    done.add(component);
    return undefined;
  };
  for (const component of chosen.keys()) {
    const ring = visit(component, []);
    if (ring) return ring;
  }
  return undefined;
}
