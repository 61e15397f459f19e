import { clientToken } from '../domain/client-token.js';
import { componentArn, versionArn } from '../domain/component-arn.js';
import { InvalidReleaseError, ThrottledError } from '../domain/errors.js';
import { isMadeOf, recipeDifference } from '../domain/release/recipe-difference.js';
import type { ComponentSource, ReleaseContent } from '../domain/release/release.js';
import type { Components } from './components.js';

/** How a text of YAML or JSON is read. */
type Parse = (text: string, path: string) => unknown;

/** What of a source is made here. */
type Maker = Exclude<ComponentSource, { madeArn: string }>;

/** What the version that there is differs in from the one that is wanted, a line each. */
function difference(kept: unknown, source: Maker, parse: Parse): string[] {
  if ('recipe' in source) return recipeDifference(kept, parse(source.recipe, 'recipe'));
  const { arn } = source.lambda;
  return isMadeOf(kept, arn) ? [] : [`lambda: the version there is not made of ${arn}`];
}

/**
 * Makes the component version of a release, once; one that is there already with the same recipe is as wanted. Throws an
 * InvalidReleaseError that shows the difference where it has another.
 */
export async function makeComponent(
  components: Components,
  content: ReleaseContent,
  { releaseId, executionArn }: { releaseId: string; executionArn: string },
  parse: Parse,
): Promise<string> {
  const { component, version, source } = content;
  if ('madeArn' in source) return source.madeArn;
  const arn = versionArn(componentArn(executionArn, component), version);
  const token = clientToken(releaseId, 'CreateComponent', 1);
  const made = await components.create(content, source, { releaseId, clientToken: token });
  if (made !== undefined) return made;
  const kept = await components.recipe(arn);
  if (kept === undefined) throw new ThrottledError(`${arn} was there, and is gone`);
  const lines = difference(kept, source, parse);
  if (lines.length === 0) return arn;
  throw new InvalidReleaseError(
    [`${component} ${version} is there already with another recipe:`, ...lines].join('\n'),
  );
}
