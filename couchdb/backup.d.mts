export function linesOf(address: string, database: string): AsyncGenerator<Buffer>
export function localsOf(address: string, database: string): Promise<Record<string, object>>
