import { ServiceError } from '../step-functions/service-error.js';

export interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export type NewParameter = Pick<Parameter, 'name' | 'type' | 'value'>;

/** SSM Parameter Store: what was put there, newest version only. */
export interface Parameters {
  /** Answers the new version. Throws ParameterAlreadyExists unless it may be overwritten. */
  put(parameter: NewParameter, isOverwrite: boolean): number;
  find(name: string): Parameter | undefined;
  /** Throws ParameterNotFound. */
  remove(name: string): void;
}

/** Starts an empty store in memory. */
export function createParameters({ clock }: { clock: { now(): number } }): Parameters {
  const parameters = new Map<string, Parameter>();
  return {
    put(parameter, isOverwrite) {
      const before = parameters.get(parameter.name);
      if (before && !isOverwrite)
        throw new ServiceError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      const version = (before?.version ?? 0) + 1;
      parameters.set(parameter.name, { ...parameter, version, modifiedAt: clock.now() });
      return version;
    },
    find: (name) => parameters.get(name),
    remove(name) {
      if (!parameters.delete(name)) throw new ServiceError('ParameterNotFound', '');
    },
  };
}
