import { InvalidReleaseError } from '../domain/errors.js';
import type { GithubApi } from '../domain/release/github-api.js';
import { checkRecipe, fillPlaceholders, withArtifacts } from '../domain/release/recipe.js';
import {
  type ReleaseFile,
  RELEASE_FILE,
  parseReleaseFile,
  wantsNextPatch,
} from '../domain/release/release-file.js';
import type {
  ComponentOrigin,
  ReleaseOrigin,
  RepositoryOrigin,
} from '../domain/release/release-request.js';
import { versionOf } from '../domain/release/release-version.js';
import type { ComponentSource, ReleaseContent } from '../domain/release/release.js';
import { githubFiles } from './github-files.js';
import { parseReleaseYaml } from './release-yaml.js';

/** Where a release's files come from. */
export interface ReleaseSources {
  /** How the repositories of a source are read. */
  readonly githubOf: (source: string) => Promise<GithubApi>;
  /** The versions that there are of a component. */
  readonly versionsOf: (component: string) => Promise<string[]>;
}

type Files = ReturnType<typeof githubFiles>;
/** A release that has a file. */
type FiledOrigin = Exclude<ReleaseOrigin, ComponentOrigin>;

const missing = (what: string, { repository, tag }: RepositoryOrigin): never => {
  throw new InvalidReleaseError(`${repository} has no ${what} at ${tag}`);
};

const readAsset = async (files: Files, origin: RepositoryOrigin, name: string) => {
  const asset = origin.assets.find((one) => one.name === name);
  return asset && (await files.asset(asset.id));
};

/** The text of the recipe that a release file names. */
async function recipeText(
  recipe: NonNullable<ReleaseFile['recipe']>,
  origin: FiledOrigin,
  files: Files | undefined,
): Promise<string> {
  if (typeof recipe === 'object' && 'inline' in recipe)
    return typeof recipe.inline === 'string' ? recipe.inline : JSON.stringify(recipe.inline);
  if (origin.kind === 'file' || !files)
    throw new InvalidReleaseError(
      'recipe: this release comes without files; give the recipe as { inline: ... }',
    );
  if (typeof recipe === 'object' && 'asset' in recipe)
    return (
      (await readAsset(files, origin, recipe.asset)) ?? missing(`asset ${recipe.asset}`, origin)
    );
  const path = typeof recipe === 'string' ? recipe : recipe.path;
  return (await files.atTag(origin.tag, path)) ?? missing(path, origin);
}

async function sourceOf(
  file: ReleaseFile,
  version: string,
  origin: FiledOrigin,
  files: Files | undefined,
): Promise<ComponentSource> {
  if (file.lambda) return { lambda: file.lambda };
  if (!file.recipe) throw new InvalidReleaseError('recipe: missing');
  const raw = await recipeText(file.recipe, origin, files);
  const filled = fillPlaceholders(raw, file, version);
  const text = withArtifacts(filled, parseReleaseYaml(filled, 'recipe'), file);
  checkRecipe(parseReleaseYaml(text, 'recipe'), file.component, version);
  return { recipe: text };
}

async function writtenFile(origin: FiledOrigin, files: Files | undefined): Promise<unknown> {
  if (origin.kind === 'file') return origin.file;
  if (!files) return undefined;
  const text =
    (await readAsset(files, origin, RELEASE_FILE)) ??
    (await files.atTag(origin.tag, RELEASE_FILE)) ??
    missing(RELEASE_FILE, origin);
  return parseReleaseYaml(text, RELEASE_FILE);
}

/**
 * Reads a release: its file, from the webhook, the assets or the repository at the tag, and the recipe that it names, with
 * placeholders and artifacts filled in. Throws an InvalidReleaseError with a line for each problem.
 */
export async function readRelease(
  origin: ReleaseOrigin,
  { githubOf, versionsOf }: ReleaseSources,
): Promise<ReleaseContent> {
  if (origin.kind === 'component') {
    const { component, version, componentArn: madeArn } = origin;
    return { component, version, source: { madeArn }, configuration: {} };
  }
  const files =
    origin.kind === 'repository'
      ? githubFiles(await githubOf(origin.source), origin.repository)
      : undefined;
  const file = parseReleaseFile(await writtenFile(origin, files));
  const known = wantsNextPatch(file) ? await versionsOf(file.component) : [];
  const version = versionOf(file, origin.tag, known);
  const { component, configuration, targets } = file;
  const source = await sourceOf(file, version, origin, files);
  return { component, version, source, configuration, ...(targets && { targets }) };
}
