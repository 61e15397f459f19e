import { existsSync, readFileSync } from 'node:fs';
import { test } from '@jest/globals';
import * as z from 'zod';

// The API model is not part of the repository; where it lies beside it, the emulator is held to it.
const file = new URL('../../../shared/reference/greengrassv2.smithy.json', import.meta.url);

export const hasModel = existsSync(file);
/** A test that reads the model, skipped where it isn't at hand. */
export const ifModel = hasModel ? test : test.skip;

const Bounds = z.object({ min: z.number().optional(), max: z.number().optional() });
const Traits = z.looseObject({
  'smithy.api#length': Bounds.optional(),
  'smithy.api#range': Bounds.optional(),
  'smithy.api#pattern': z.string().optional(),
  'smithy.api#enumValue': z.string().optional(),
  'smithy.api#required': z.unknown().optional(),
  'smithy.api#jsonName': z.string().optional(),
  'smithy.api#httpLabel': z.unknown().optional(),
  'smithy.api#httpQuery': z.string().optional(),
  'smithy.api#httpHeader': z.string().optional(),
  'smithy.api#paginated': z.unknown().optional(),
  'smithy.api#http': z.object({ method: z.string(), uri: z.string(), code: z.number() }).optional(),
  'smithy.api#httpError': z.number().optional(),
});
export type Traits = z.infer<typeof Traits>;
const Target = z.looseObject({ target: z.string(), traits: Traits.optional() });
export type Target = z.infer<typeof Target>;
const Shape = z.looseObject({
  type: z.string(),
  traits: Traits.optional(),
  members: z.record(z.string(), Target).optional(),
  member: Target.optional(),
  key: Target.optional(),
  value: Target.optional(),
  input: Target.optional(),
  output: Target.optional(),
});
export type Shape = z.infer<typeof Shape>;
export type Shapes = Readonly<Record<string, Shape>>;

/** Every shape of the API model, by its id. */
export const readModel = (): Shapes =>
  z
    .looseObject({ shapes: z.record(z.string(), Shape) })
    .parse(JSON.parse(readFileSync(file, 'utf8'))).shapes;

/** A shape's id without its namespace. */
export const bare = (id: string) => id.split('#')[1] ?? id;

const BUILT_IN: Readonly<Record<string, Shape>> = {
  'smithy.api#String': { type: 'string' },
  'smithy.api#Unit': { type: 'structure' },
};

/** The shape of a target, which may be one of Smithy's own. */
export function shapeOf(shapes: Shapes, id: string): Shape {
  const shape = shapes[id] ?? BUILT_IN[id];
  if (!shape) throw new Error(`The model has no shape ${id}`);
  return shape;
}

/** What binds a member: the traits of its shape and its own. */
export const traitsOf = (shapes: Shapes, { target, traits }: Target): Traits => ({
  ...shapeOf(shapes, target).traits,
  ...traits,
});

export interface ModelOperation {
  readonly name: string;
  readonly method: string;
  readonly uri: string;
  readonly code: number;
  readonly input: string;
  readonly output: string;
  readonly isPaginated: boolean;
}

/** The operations of the model, by name. */
export const operationsIn = (shapes: Shapes): readonly ModelOperation[] =>
  Object.entries(shapes)
    .filter(([, { type }]) => type === 'operation')
    .map(([id, { traits, input, output }]) => {
      const http = traits?.['smithy.api#http'];
      if (!http || !input || !output) throw new Error(`${id} has no HTTP binding`);
      const isPaginated = traits['smithy.api#paginated'] !== undefined;
      return {
        ...{ name: bare(id), method: http.method, uri: http.uri, code: http.code, isPaginated },
        ...{ input: input.target, output: output.target },
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
