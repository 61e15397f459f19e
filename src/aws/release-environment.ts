import * as z from 'zod';

/** What serverless.yml gives the functions of releases; each reads what its own function has. Throws where that is missing. */
const Environment = z.object({
  WEBHOOK_PARAMETERS: z.string().startsWith('/').optional(),
  RELEASE_MACHINE_ARN: z.string().optional(),
  ROLLOUT_MACHINE_ARN: z.string().optional(),
  LAMBDA_TASK_ROOT: z.string().optional(),
});

const environment = Environment.parse(process.env);

/** A variable that this function can't do without. */
export function required(name: keyof z.infer<typeof Environment>): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is missing`);
  return value;
}
