export function createDatabase(address: string, database: string): Promise<boolean>
export function deleteDatabase(address: string, database: string): Promise<void>
export function restoreLines(address: string, database: string, lines: AsyncIterable<Buffer>): Promise<void>
export function putLocal(address: string, database: string, id: string, value: object): Promise<void>
