import semver from 'semver';
import type { Cloud, ComponentVersion } from '../cloud.js';
import { changeStatus, newStatus } from '../component-status.js';
import { conflict, invalidField, notFound } from '../errors.js';
import { componentVersionArn } from './arns.js';
import type { Assumptions } from './assumptions.js';
import { artifactBytes, digest } from './artifacts.js';
import { checkComponentQuotas } from './component-quotas.js';
import { checkRecipeLength, parseRecipe, type Recipe, type RecipeSource } from './recipe.js';
import type { StatusChange } from '../status-change.js';
import { withDigests } from './recipe-text.js';

/** The component versions of the account. */
export type Components = ReturnType<typeof createComponents>;

// Observed: alchemy, its ComponentVersion resource: an inline recipe settles in seconds. Assumed: in so many.
const INITIATED_MS = 1000;
const DEPLOYABLE_MS = 3000;

const byVersion = (a: ComponentVersion, b: ComponentVersion) =>
  semver.rcompare(a.componentVersion, b.componentVersion);

const artifactUrisOf = ({ Manifests }: Recipe) =>
  (Manifests ?? []).flatMap(({ Artifacts }) => (Artifacts ?? []).map(({ URI }) => URI));

const platforms = ({ Manifests }: Recipe) =>
  (Manifests ?? []).map(({ Name, Platform }) => ({
    ...(typeof Name === 'string' && { name: Name }),
    attributes: Platform ?? {},
  }));

const dependencies = ({ ComponentDependencies }: Recipe) =>
  Object.fromEntries(
    Object.entries(ComponentDependencies ?? {}).map(([name, dependency]) => [
      name,
      {
        versionRequirement: dependency.VersionRequirement,
        dependencyType: dependency.DependencyType,
      },
    ]),
  );

const readings = (recipe: Recipe) => ({
  componentName: recipe.ComponentName,
  componentVersion: recipe.ComponentVersion,
  componentSource: recipe.ComponentSource ?? undefined,
  publisher: recipe.ComponentPublisher ?? undefined,
  description: recipe.ComponentDescription ?? undefined,
  platforms: platforms(recipe),
  dependencies: dependencies(recipe),
  isNucleus: recipe.ComponentType?.toLowerCase() === 'aws.greengrass.nucleus',
  defaultConfiguration: recipe.ComponentConfiguration?.DefaultConfiguration ?? {},
});

/** Assumed: a version that comes to nothing, or is deprecated at once, takes as long as one that becomes DEPLOYABLE. */
function end({ componentStates }: Cloud, version: ComponentVersion): void {
  const { componentName, componentVersion } = version;
  const foretold = componentStates.get(`${componentName}@${componentVersion}`);
  changeStatus(version, { state: 'DEPLOYABLE', ...foretold });
}

/** Unless somebody says before what becomes of it. */
function settle(cloud: Cloud, version: ComponentVersion): void {
  const { clock } = cloud;
  const now = clock.now();
  clock.schedule(now + INITIATED_MS, () => {
    if (version.state === 'REQUESTED') version.state = 'INITIATED';
  });
  clock.schedule(now + DEPLOYABLE_MS, () => {
    if (version.state === 'INITIATED') end(cloud, version);
  });
}

/** Observed: aws-cli issue 6261: artifacts have to be readable when the version is created. */
function checkArtifacts({ artifacts }: Pick<Cloud, 'artifacts'>, uris: readonly string[]): void {
  const missing = uris.filter((uri) => uri.startsWith('s3://') && !artifacts.has(uri));
  if (missing.length === 0) return;
  const each = missing.map((uri) => `${uri} = Specified artifact resource cannot be accessed`);
  throw invalidField(
    'inlineRecipe',
    `Invalid Input: Encountered following errors in Artifacts: {${each.join(', ')}}`,
  );
}

/** A component version to be created. */
interface NewVersion {
  readonly bytes: Uint8Array;
  readonly source: RecipeSource;
  readonly isTagged: boolean;
}

export function createComponents(
  cloud: Cloud,
  { toleratesSameComponentVersion }: Pick<Assumptions, 'toleratesSameComponentVersion'>,
) {
  const { componentVersions, clock } = cloud;

  return {
    find(arn: string): ComponentVersion {
      const found = componentVersions.get(arn);
      if (!found) throw notFound('component', arn);
      return found;
    },

    /** The versions of one component, the greatest first. */
    versionsOf: (componentName: string): ComponentVersion[] =>
      [...componentVersions.values()]
        .filter((version) => version.componentName === componentName)
        .sort(byVersion),

    /** Changes the status of a version that is there. */
    change(componentName: string, componentVersion: string, change: StatusChange): void {
      const version = componentVersions.get(
        componentVersionArn(cloud, componentName, componentVersion),
      );
      if (!version)
        throw new Error(
          `${componentName} ${componentVersion} is no component version that is there`,
        );
      changeStatus(version, change);
    },

    create({ bytes, source, isTagged }: NewVersion, atOnce: boolean): ComponentVersion {
      checkRecipeLength(bytes, source);
      const parsed = parseRecipe(bytes, source);
      const { ComponentName: name, ComponentVersion: number } = parsed;
      const arn = componentVersionArn(cloud, name, number);
      const read = readings(parsed);
      const recipe = withDigests(bytes, (uri) => digest(artifactBytes(cloud, read, uri)));
      const known = componentVersions.get(arn);
      const isSame = known && Buffer.compare(known.recipe, recipe) === 0;
      if (isSame && !isTagged && toleratesSameComponentVersion) return known;
      // Observed: aws-greengrass-testing issue 207: the text. Documented: developer guide, "Publish components": not twice.
      if (known)
        throw conflict(
          'component',
          arn,
          `Component [${name} : ${number}] for account [${cloud.account}] already exists and can't be created again with tags.`,
        );
      checkComponentQuotas(cloud, name, arn);
      const artifactUris = artifactUrisOf(parsed);
      checkArtifacts(cloud, artifactUris);
      const version: ComponentVersion = {
        ...{ arn, ...read, artifactUris, recipe },
        creationTimestamp: clock.now(),
        ...newStatus(),
      };
      componentVersions.set(arn, version);
      if (atOnce) end(cloud, version);
      else settle(cloud, version);
      return version;
    },
  };
}
