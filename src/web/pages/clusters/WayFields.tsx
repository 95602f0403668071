import type { AuthType } from "../../../contract/clusters.ts";
import { Checkbox } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { PasswordInput, TextInput } from "../../parts/Inputs.tsx";
import { Note } from "../../parts/Note.tsx";
import { TabPanel, Tabs } from "../../parts/Tabs.tsx";
import styles from "./Clusters.module.css";
import { type Faults, type WayField, type WayForm, ways } from "./cluster-form.ts";
import { KubeconfigFields } from "./KubeconfigFields.tsx";
import { TextOrFile } from "./TextOrFile.tsx";

export interface WayFieldsProps {
  form: WayForm;
  faults: Faults;
  onChange: (patch: Partial<WayForm>) => void;
}

/** How a cluster is reached, and as whom. */
export function WayFields(props: WayFieldsProps) {
  const { form, onChange } = props;
  return (
    <div className={styles.fields}>
      <Tabs label="Way in" value={form.way} onChange={(way) => onChange({ way })} tabs={ways} />
      <TabPanel tab={form.way}>
        <div className={styles.fields}>
          {form.way === "kubeconfig" ? <KubeconfigFields {...props} /> : <PlainFields {...props} />}
          <Line {...props} field="namespace" label="Default namespace" hint="optional" />
          <Checkbox
            label="Skip TLS verification"
            checked={form.insecure}
            onChange={(insecure) => onChange({ insecure })}
          />
          {form.insecure && (
            <Note tone="warn" title="Anybody in between can read and change what is sent">
              The token included. For a cluster with a certificate of its own, give its CA instead.
            </Note>
          )}
        </div>
      </TabPanel>
    </div>
  );
}

function PlainFields(props: WayFieldsProps) {
  const Identity = identities[props.form.way];
  return (
    <>
      <Line {...props} field="server" label="Server" placeholder="https://cluster.example:6443" />
      {Identity && <Identity {...props} />}
      <Pem {...props} field="caData" label="CA certificate" hint="optional" />
    </>
  );
}

const identities: Readonly<Partial<Record<AuthType, typeof CertificateFields>>> = {
  token: (props) => <Secret {...props} field="token" label="Token" />,
  serviceaccount: (props) => (
    <Secret
      {...props}
      field="token"
      label="Service account token"
      help="As kubectl create token prints it, or from the account's Secret."
    />
  ),
  certificate: CertificateFields,
  oidc: OidcFields,
};

function CertificateFields(props: WayFieldsProps) {
  return (
    <>
      <Pem {...props} field="clientCertData" label="Client certificate" />
      <Pem {...props} field="clientKeyData" label="Client key" />
    </>
  );
}

function OidcFields(props: WayFieldsProps) {
  return (
    <>
      <div className={styles.pair}>
        <Line {...props} field="oidcIssuerUrl" label="Issuer" placeholder="https://login.example" />
        <Line {...props} field="oidcClientId" label="Client id" />
      </div>
      <div className={styles.pair}>
        <Secret {...props} field="oidcClientSecret" label="Client secret" hint="optional" />
        <Secret {...props} field="oidcRefreshToken" label="Refresh token" />
      </div>
    </>
  );
}

interface OneFieldProps extends WayFieldsProps {
  field: WayField;
  label: string;
  hint?: string;
  help?: string;
  placeholder?: string;
}

function Line({ form, faults, onChange, field, label, hint, help, placeholder }: OneFieldProps) {
  return (
    <Field label={label} hint={hint} help={help} error={faults[field]}>
      {(id, describedBy) => (
        <TextInput
          id={id}
          describedBy={describedBy}
          code
          placeholder={placeholder}
          value={form[field]}
          onChange={(value) => onChange({ [field]: value })}
        />
      )}
    </Field>
  );
}

function Secret({ form, faults, onChange, field, label, hint, help }: OneFieldProps) {
  return (
    <Field label={label} hint={hint} help={help} error={faults[field]}>
      {(id, describedBy) => (
        <PasswordInput
          id={id}
          describedBy={describedBy}
          autoComplete="off"
          value={form[field]}
          onChange={(value) => onChange({ [field]: value })}
        />
      )}
    </Field>
  );
}

function Pem({ form, faults, onChange, field, label, hint }: OneFieldProps) {
  return (
    <TextOrFile
      label={label}
      hint={hint}
      error={faults[field]}
      placeholder="-----BEGIN …"
      value={form[field]}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
}
