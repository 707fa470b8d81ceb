export interface DesignDocument {
  _id: string
  language: 'javascript'
  views: Record<string, { map: string }>
}
export function kindOf(database: string): 'journal' | 'accounts' | null
export function designDocuments(database: string): DesignDocument[]
