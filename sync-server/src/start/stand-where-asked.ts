/**
 * npm runs a workspace's script in the workspace's folder; paths and the default `./data` are meant from where the
 * operator stands. To be called before the settings are read.
 */
export function standWhereAsked(env: Readonly<Record<string, string | undefined>>): void {
  const asked = env['INIT_CWD']
  if (asked && env['npm_command']) process.chdir(asked)
}
