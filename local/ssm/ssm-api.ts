import * as z from 'zod';
import { ServiceError } from '../step-functions/service-error.js';
import type { Parameter, Parameters } from './parameters.js';

/** Documented: at most 1,011 characters, of letters, digits and . - _ /. */
const Name = z.string().regex(/^[\w./-]{1,1011}$/);
/** Documented: standard parameters hold 4 KB, advanced ones 8. */
const LIMITS = { Standard: 4096, Advanced: 8192, 'Intelligent-Tiering': 8192 } as const;

const PutParameter = z.strictObject({
  Name,
  Value: z.string().min(1),
  Type: z.enum(['String', 'StringList', 'SecureString']),
  Overwrite: z.boolean().default(false),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).default('Standard'),
  Description: z.string().optional(),
  KeyId: z.string().optional(),
  DataType: z.literal('text').optional(),
});
const GetParameter = z.strictObject({ Name, WithDecryption: z.boolean().default(false) });
const GetParameters = z.strictObject({
  Names: z.array(Name).min(1).max(10),
  WithDecryption: z.boolean().default(false),
});
const DeleteParameter = z.strictObject({ Name });

interface Place {
  readonly parameters: Parameters;
  readonly region: string;
  readonly account: string;
}

/** What a SecureString shows to who doesn't ask for decryption: a text that isn't the value. */
const sealed = (value: string) => `AQICAH${Buffer.from(value).toString('base64').length}`;

function shown({ region, account }: Place, parameter: Parameter, isDecrypted: boolean) {
  const { name, type, value, version, modifiedAt } = parameter;
  const path = name.startsWith('/') ? name : `/${name}`;
  return {
    Name: name,
    Type: type,
    Value: type === 'SecureString' && !isDecrypted ? sealed(value) : value,
    Version: version,
    LastModifiedDate: modifiedAt / 1000,
    ARN: `arn:aws:ssm:${region}:${account}:parameter${path}`,
    DataType: 'text',
  };
}

const operations: Readonly<Record<string, (place: Place, input: unknown) => unknown>> = {
  PutParameter({ parameters }, input) {
    const { Name: name, Value: value, Type: type, Overwrite, Tier } = PutParameter.parse(input);
    if (Buffer.byteLength(value) > LIMITS[Tier])
      throw new ServiceError(
        'ValidationException',
        `${Tier} tier parameters support a maximum parameter value of ${LIMITS[Tier]} characters.`,
      );
    return { Version: parameters.put({ name, type, value }, Overwrite), Tier };
  },
  GetParameter(place, input) {
    const { Name: name, WithDecryption } = GetParameter.parse(input);
    const found = place.parameters.find(name);
    if (!found) throw new ServiceError('ParameterNotFound', '');
    return { Parameter: shown(place, found, WithDecryption) };
  },
  GetParameters(place, input) {
    const { Names, WithDecryption } = GetParameters.parse(input);
    const found = Names.flatMap((name) => place.parameters.find(name) ?? []);
    const known = new Set(found.map(({ name }) => name));
    return {
      Parameters: found.map((parameter) => shown(place, parameter, WithDecryption)),
      InvalidParameters: Names.filter((name) => !known.has(name)),
    };
  },
  DeleteParameter({ parameters }, input) {
    parameters.remove(DeleteParameter.parse(input).Name);
    return {};
  },
};

/** The part of the SSM API that the local cloud serves: Parameter Store, without history and policies. */
export function handleSsm(place: Place, operation: string, input: unknown): unknown {
  const answer = operations[operation];
  if (!answer)
    throw new ServiceError(
      'UnknownOperationException',
      `The local cloud has no SSM operation ${operation}.`,
    );
  try {
    return answer(place, input);
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    const message = z.prettifyError(cause);
    throw Object.assign(new ServiceError('ValidationException', message), { cause });
  }
}
