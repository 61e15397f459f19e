/** A parameter of the AWS query protocol with what is below it: `A.entry.1.Name` is the Name of the first of A. */
export type Parameter = string | { readonly [name: string]: Parameter };

interface Branch {
  [name: string]: string | Branch;
}

/** The form of a request as a tree. A name that is a value and a branch at once keeps its branch. */
export function queryParameters(form: string): Record<string, Parameter> {
  const root: Branch = Object.create(null) as Branch;
  for (const [path, value] of new URLSearchParams(form)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let branch = root;
    for (const name of names) {
      const below = branch[name];
      const next: Branch = typeof below === 'object' ? below : (Object.create(null) as Branch);
      branch[name] = next;
      branch = next;
    }
    if (typeof branch[last] !== 'object') branch[last] = value;
  }
  return root;
}
