// What well-known dashboards and alerts ask Prometheus for, a name with its labels a line: those of Strimzi's dashboards for Apache Kafka (strimzi-kafka, strimzi-kraft,
// strimzi-kafka-exporter) and alerts, and of kafka_exporter's own, that are about the broker. What they ask of Kubernetes and of the JVM nobody has here.

/** `name{label,label}`: the labels that a query selects or groups by. */
export const dashboardSeries: readonly string[] = `
kafka_brokers{}
kafka_broker_info{id,address}
kafka_cluster_partition_atminisr{topic,partition}
kafka_cluster_partition_replicascount{topic,partition}
kafka_cluster_partition_underminisr{topic,partition}
kafka_consumergroup_current_offset{consumergroup,topic,partition}
kafka_consumergroup_current_offset_sum{consumergroup,topic}
kafka_consumergroup_lag{consumergroup,topic,partition}
kafka_consumergroup_lag_sum{consumergroup,topic}
kafka_consumergroup_members{consumergroup}
kafka_controller_controllerstats_uncleanleaderelections_total{}
kafka_controller_kafkacontroller_activecontrollercount{}
kafka_controller_kafkacontroller_offlinepartitionscount{}
kafka_log_log_size{topic,partition}
kafka_log_logmanager_offlinelogdirectorycount{}
kafka_network_requestmetrics_localtimems{request,quantile}
kafka_network_requestmetrics_remotetimems{request,quantile}
kafka_network_requestmetrics_requestqueuetimems{request,quantile}
kafka_network_requestmetrics_requests_total{request,version}
kafka_network_requestmetrics_responsequeuetimems{request,quantile}
kafka_network_requestmetrics_responsesendtimems{request,quantile}
kafka_network_requestmetrics_totaltimems{request,quantile}
kafka_network_requestmetrics_totaltimems_count{request}
kafka_network_socketserver_networkprocessoravgidle_percent{}
kafka_server_brokertopicmetrics_bytesin_total{topic}
kafka_server_brokertopicmetrics_bytesout_total{topic}
kafka_server_brokertopicmetrics_failedfetchrequests_total{topic}
kafka_server_brokertopicmetrics_failedproducerequests_total{topic}
kafka_server_brokertopicmetrics_messagesin_total{topic}
kafka_server_brokertopicmetrics_totalfetchrequests_total{topic}
kafka_server_brokertopicmetrics_totalproducerequests_total{topic}
kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent{}
kafka_server_kafkaserver_brokerstate{}
kafka_server_raftchannelmetrics_incoming_byte_total{}
kafka_server_raftchannelmetrics_outgoing_byte_total{}
kafka_server_raftchannelmetrics_request_total{}
kafka_server_raftchannelmetrics_response_total{}
kafka_server_raftmetrics_append_records_rate{}
kafka_server_raftmetrics_commit_latency_avg{}
kafka_server_raftmetrics_current_epoch{}
kafka_server_raftmetrics_current_leader{}
kafka_server_raftmetrics_current_state{current_state}
kafka_server_raftmetrics_current_vote{}
kafka_server_raftmetrics_fetch_records_rate{}
kafka_server_raftmetrics_high_watermark{}
kafka_server_raftmetrics_log_end_offset{}
kafka_server_replicamanager_leadercount{}
kafka_server_replicamanager_partitioncount{}
kafka_server_replicamanager_underminisrpartitioncount{}
kafka_server_replicamanager_underreplicatedpartitions{}
kafka_server_socket_server_metrics_connection_count{listener}
kafka_topic_partition_current_offset{topic,partition}
kafka_topic_partition_in_sync_replica{topic,partition}
kafka_topic_partition_leader_is_preferred{topic,partition}
kafka_topic_partition_oldest_offset{topic,partition}
kafka_topic_partition_replicas{topic,partition}
kafka_topic_partition_under_replicated_partition{topic,partition}
kafka_topic_partitions{topic}
`
  .trim()
  .split('\n')

/** Of any process, and of Node: the names of Prometheus's own clients. */
export const processSeries: readonly string[] = [
  'process_cpu_seconds_total{}',
  'process_resident_memory_bytes{}',
  'process_start_time_seconds{}',
  'nodejs_heap_size_used_bytes{}',
  'nodejs_external_memory_bytes{}',
  'nodejs_eventloop_lag_mean_seconds{}',
  'nodejs_eventloop_lag_p99_seconds{}',
  'nodejs_version_info{version,major,minor,patch}',
]
