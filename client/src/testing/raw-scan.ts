/** Everything that lies in this IndexedDB, as text: what somebody who takes the device away would read. */
export async function rawContents(indexedDB: IDBFactory): Promise<string> {
  const texts: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await settled(indexedDB.open(name))
    texts.push(name)
    for (const store of db.objectStoreNames) {
      const objects = db.transaction(store).objectStore(store)
      texts.push(
        store,
        JSON.stringify(await settled(objects.getAllKeys())),
        JSON.stringify(await settled(objects.getAll())),
      )
    }
    db.close()
  }
  return texts.join('\n')
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
