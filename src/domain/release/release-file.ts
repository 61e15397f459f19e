import * as z from 'zod';
import { InvalidReleaseError } from '../errors.js';
import { JsonObject } from '../json-pointer.js';
import { issueProblems } from '../rollout-file-problems.js';
import {
  ComponentName,
  ComponentVersion,
  Merge,
  Reset,
  Target,
  fields,
  text,
} from '../written-fields.js';

/** The file's name, in a repository and among the assets of a release. */
export const RELEASE_FILE = 'greenwave.release.yaml';

const NEXT_PATCH = 'NEXT_PATCH';

const path = text(
  'a path from the root of the repository, without ..',
  /^(?!\/)(?!(.*\/)?\.\.(\/|$))[\w./@+-]{1,200}$/,
);

const Recipe = z.union(
  [
    path,
    fields({ path }),
    fields({ asset: text('the name of an asset', /^[\w.@+-]{1,200}$/) }),
    fields({
      inline: z.union([z.string(), JsonObject], {
        error: 'a recipe, as an object or as the text of one',
      }),
    }),
  ],
  { error: 'a path, or one of path, asset and inline' },
);

const Lambda = fields({
  arn: text(
    'the ARN of a function with its version, not an alias',
    /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+:\d+$/,
  ),
  platforms: z.array(z.record(z.string(), z.unknown())).optional(),
  dependencies: z
    .record(
      z.string(),
      z.strictObject({
        versionRequirement: z.string().optional(),
        dependencyType: z.enum(['HARD', 'SOFT']).optional(),
      }),
    )
    .optional(),
  parameters: JsonObject.optional(),
});

const WrittenReleaseFile = fields({
  component: ComponentName,
  version: z
    .union([z.literal(NEXT_PATCH), ComponentVersion], {
      error: 'one exact version in quotes, or NEXT_PATCH; left out, the tag says it',
    })
    .optional(),
  recipe: Recipe.optional(),
  lambda: Lambda.optional(),
  bucket: text('the name of a bucket', /^[a-z0-9.-]{3,63}$/).optional(),
  artifacts: z
    .record(
      z.string(),
      text('a URI such as s3://bucket/file.zip or docker:image:tag', /^[a-z0-9]+:\S+$/),
      { error: 'an object of file names, such as { app.zip: s3://bucket/app-1.1.0.zip }' },
    )
    .default({}),
  configuration: fields({ merge: Merge.optional(), reset: Reset.optional() }).default({}),
  targets: z
    .array(Target, { error: 'a list of targets, such as [thinggroup/thermostats]' })
    .min(1, { error: 'a list of at least one target; left out, the policies say them' })
    .optional(),
});

/** A release file once read. */
export type ReleaseFile = z.infer<typeof WrittenReleaseFile>;

const sourceProblems = (file: unknown): string[] => {
  const given = z.record(z.string(), z.unknown()).safeParse(file);
  if (!given.success || 'recipe' in given.data !== 'lambda' in given.data) return [];
  return 'recipe' in given.data
    ? ['lambda: means nothing beside a recipe; keep one of them']
    : ['recipe: missing; give a recipe, or lambda for a Lambda function'];
};

/** Reads what a release file holds, `name` being its name for the message. Throws an InvalidReleaseError, a line for each problem. */
export function parseReleaseFile(value: unknown, name = RELEASE_FILE): ReleaseFile {
  const written = WrittenReleaseFile.safeParse(value, { reportInput: true });
  const problems = [
    ...(written.success ? [] : issueProblems(written.error.issues)),
    ...sourceProblems(value),
  ];
  if (!written.success || problems.length > 0)
    throw new InvalidReleaseError(problems.map((problem) => `${name}: ${problem}`).join('\n'));
  return written.data;
}

/** Whether the version is to be the one after the greatest that there is. */
export const wantsNextPatch = ({ version }: ReleaseFile): boolean => version === NEXT_PATCH;
