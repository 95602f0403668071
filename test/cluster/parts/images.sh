# Images, from a folder with a Dockerfile into the local registry.

image() {
  runs registry || fail "not up: images are put into its registry"
  if [[ ${1:-} == --dir ]]; then
    [[ $# == 3 ]] || usage
    put_image "$2" "$3"
    say "$registry/$3"
    return
  fi
  require_go
  local folder name
  folder=$(mktemp -d)
  (cd "$here/app" && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$folder/app" .)
  cp "$here/app/Dockerfile" "$folder/"
  put_image "$folder" app:1 "$@"
  rm -r "$folder"
  for name in app:1 "$@"; do say "$registry/$name"; done
}

# The first name is built, the others are the same image. The store is ours, and dropped after.
put_image() {
  local folder=$1 first=$registry/$2 name
  shift
  local store=(--root "$home/buildah" --runroot "$run/buildah" --storage-driver vfs)
  buildah "${store[@]}" bud -q --isolation chroot --tls-verify=false -t "$first" "$folder" >/dev/null
  for name in "$@"; do buildah "${store[@]}" push -q --tls-verify=false "$first" "docker://$registry/$name" >/dev/null; done
  rm -rf "$home/buildah" "$run/buildah"
}

# `pause` holds a pod's network; `busybox` goes under its public names too, since every registry is answered by ours.
make_base_images() {
  [[ -d $home/registry/docker/registry/v2/repositories/library/busybox/_manifests/tags/1.37 ]] && return
  local folder
  folder=$(mktemp -d)
  cp "$(command -v busybox)" "$folder/busybox"
  printf 'FROM scratch\nCOPY busybox /bin/busybox\nENTRYPOINT ["/bin/busybox","sleep","2147483647"]\n' >"$folder/Dockerfile"
  put_image "$folder" pause:1
  printf 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox","--install","-s","/bin"]\nENV PATH=/bin\nCMD ["sh"]\n' >"$folder/Dockerfile"
  put_image "$folder" busybox:1 library/busybox:latest library/busybox:1.37
  rm -r "$folder"
}
