/** Read something from the API when a component appears or its question changes. */

import { useCallback, useEffect, useState } from 'preact/hooks'
import { problemOf, type Problem } from './api'

export interface Loaded<T> {
  data: T | null
  problem: Problem | null
  loading: boolean
  reload: () => void
  /** Put in what an edit answered, without asking again. */
  put: (data: T) => void
}

/** `key` says what is asked; a new key asks anew, null asks nothing. Old data stay until the new ones are there. */
export function useLoad<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [loading, setLoading] = useState(key !== null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (key === null) {
      setLoading(false)
      return
    }
    const stop = new AbortController()
    setLoading(true)
    ask(stop.signal)
      .then((answer) => {
        if (stop.signal.aborted) return
        setData(answer)
        setProblem(null)
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setProblem(problemOf(error))
      })
      .finally(() => {
        if (!stop.signal.aborted) setLoading(false)
      })
    return () => stop.abort()
  }, [key, round])
  const reload = useCallback(() => setRound((n) => n + 1), [])
  return { data, problem, loading, reload, put: setData }
}
