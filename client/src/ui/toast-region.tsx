import './toast-region.css'
import { closeToast, useToast } from './toasts'

/** Where toasts appear and are read out: always there, so that a screen reader hears what comes into it. */
export function ToastRegion({ closeLabel }: { closeLabel: string }) {
  const toast = useToast()
  const act = () => {
    closeToast()
    toast?.action?.run()
  }
  return (
    <div className="ui-toast-region">
      <div className={toast ? `ui-toast ui-toast-${toast.tone ?? 'plain'}` : 'ui-toast-none'}>
        <output className="ui-toast-text">{toast?.text}</output>
        {toast?.action && (
          <button type="button" className="ui-toast-action" onClick={act}>
            {toast.action.label}
          </button>
        )}
        {toast && (
          <button type="button" className="ui-toast-close" aria-label={closeLabel} onClick={closeToast}>
            ×
          </button>
        )}
      </div>
    </div>
  )
}
